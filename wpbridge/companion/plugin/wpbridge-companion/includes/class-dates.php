<?php
/**
 * Dates.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Lets the one object that a call makes be of another date: a post or comment, a message, a
 * membership, a friendship, a group. Never of the future, which would pin it to the top.
 */
final class Dates {

	public const WORD = 'date';

	/**
	 * BuddyPress's filters on the date of a row about to be saved, by what is saved.
	 */
	private const FILTERS = array(
		'activity'   => 'bp_activity_date_recorded_before_save',
		'membership' => 'groups_member_date_modified_before_save',
		'group'      => 'groups_group_date_created_before_save',
		'message'    => 'messages_message_date_sent_before_save',
		'friendship' => 'friends_friendship_date_created_before_save',
	);

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		foreach ( self::FILTERS as $what => $filter ) {
			add_filter(
				$filter,
				static function ( $date, $row = 0 ) use ( $what ) {
					return self::apply( $what, $date, $row );
				},
				PHP_INT_MAX,
				2
			);
		}
		add_action( 'bp_rest_activity_create_item', array( __CLASS__, 'posted' ) );
		add_action( 'groups_created_group', array( __CLASS__, 'founded' ), PHP_INT_MAX );
	}

	/**
	 * Reads a call's "date" into what the database keeps.
	 *
	 * @param mixed $wanted What the client sent: a moment with its zone.
	 * @param Call  $call   The call.
	 * @return string|WP_Error
	 */
	public static function read( $wanted, Call $call ) {
		if ( ! Settings::on( 'dates' ) ) {
			return Call::wrong( 'date', __( 'Dates are not switched on here.', 'wpbridge-companion' ), 403 );
		}
		if ( '' === $call->wants['dates'] ) {
			return Call::wrong( 'date', __( 'That call makes nothing that has a date.', 'wpbridge-companion' ) );
		}
		$moment = self::moment( $wanted );
		if ( null === $moment || $moment > time() ) {
			return Call::wrong( 'date', __( 'A date is a past moment such as 2026-03-22T09:00:00Z.', 'wpbridge-companion' ) );
		}
		return gmdate( 'Y-m-d H:i:s', $moment );
	}

	/**
	 * A moment as RFC 3339 writes it, in seconds since 1970; null for anything else.
	 *
	 * @param mixed $text What the client sent.
	 */
	public static function moment( $text ): ?int {
		$form = '/^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/D';
		if ( ! is_string( $text ) || ! preg_match( $form, $text, $found ) ) {
			return null;
		}
		if ( (int) $found[1] < 1971 || ! checkdate( (int) $found[2], (int) $found[3], (int) $found[1] ) ) {
			return null;
		}
		$moment = strtotime( $text );
		return false === $moment ? null : $moment;
	}

	/**
	 * The date to save: the call's for the new row it is about, once; else BuddyPress's.
	 *
	 * @param string $what What is saved.
	 * @param string $date The date BuddyPress would save.
	 * @param mixed  $row  Its id, or the row itself; 0 and null are new.
	 */
	private static function apply( string $what, $date, $row ) {
		$id     = is_object( $row ) ? $row->id : $row;
		$wanted = Scope::wants( self::WORD );
		if ( null === $wanted || ! empty( $id ) || Scope::wants( 'dates' ) !== $what ) {
			return $date;
		}
		Scope::spend( 'dates' );
		return $wanted;
	}

	/**
	 * After a post of the past, puts right what BuddyPress took for the newest.
	 *
	 * @param object $activity The post, as it was saved.
	 */
	public static function posted( $activity ): void {
		if ( null === Scope::wants( self::WORD ) || ! isset( $activity->id ) ) {
			return;
		}
		if ( 'groups' === $activity->component ) {
			self::newest_in_group( (int) $activity->item_id );
		}
		if ( 'activity' === $activity->component && 'activity_update' === $activity->type ) {
			self::newest_of_author( (int) $activity->user_id );
		}
	}

	/**
	 * After a group of the past was founded, says it was active then.
	 *
	 * @param int $group The group.
	 */
	public static function founded( $group ): void {
		$date = Scope::wants( self::WORD );
		if ( null !== $date ) {
			groups_update_groupmeta( (int) $group, 'last_activity', $date );
		}
	}

	/**
	 * Sets a group's last activity to its newest post.
	 *
	 * @param int $group The group.
	 */
	public static function newest_in_group( int $group ): void {
		global $wpdb;
		$table = buddypress()->activity->table_name;
		// phpcs:ignore WordPress.DB -- BuddyPress has no function for it; the table's name is its own.
		$newest = $wpdb->get_var( $wpdb->prepare( "SELECT MAX(date_recorded) FROM {$table} WHERE component = 'groups' AND item_id = %d", $group ) );
		if ( $newest ) {
			groups_update_groupmeta( $group, 'last_activity', $newest );
		}
	}

	/**
	 * Sets an author's latest update to their newest.
	 *
	 * @param int $author The author.
	 */
	public static function newest_of_author( int $author ): void {
		global $wpdb;
		$table = buddypress()->activity->table_name;
		// phpcs:ignore WordPress.DB -- BuddyPress has no function for it; the table's name is its own.
		$newest = $wpdb->get_row( $wpdb->prepare( "SELECT id, content FROM {$table} WHERE component = 'activity' AND type = 'activity_update' AND user_id = %d AND is_spam = 0 ORDER BY date_recorded DESC, id DESC LIMIT 1", $author ) );
		if ( $newest ) {
			bp_update_user_meta(
				$author,
				'bp_latest_update',
				array(
					'id'      => (int) $newest->id,
					'content' => $newest->content,
				)
			);
		}
	}
}
