<?php
/**
 * The log of acting.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * A row before each call in a member's name, its outcome after. No contents.
 */
final class Log {

	/**
	 * How long rows are kept, in days.
	 */
	public const DAYS = 180;

	/**
	 * Writes down that somebody is about to act. Status 0 means: begun, end unknown.
	 *
	 * @param array{id: int, password: string} $caller Who.
	 * @param int                              $member As whom.
	 * @param string                           $method How.
	 * @param string                           $route  What.
	 * @return int The row; 0 where it could not be written.
	 */
	public static function begin( array $caller, int $member, string $method, string $route ): int {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$written = $wpdb->insert(
			$wpdb->wpbridge_log,
			array(
				'blog_id'  => get_current_blog_id(),
				'caller'   => $caller['id'],
				'password' => $caller['password'],
				'member'   => $member,
				'method'   => $method,
				'route'    => substr( $route, 0, 191 ),
				'made'     => gmdate( 'Y-m-d H:i:s' ),
			)
		);
		return $written ? (int) $wpdb->insert_id : 0;
	}

	/**
	 * The error where nothing can be written down: then nobody acts.
	 */
	public static function unwritten(): WP_Error {
		return new WP_Error( 'wpbridge_no_log', __( 'The log of acting cannot be written, so nothing was done.', 'wpbridge-companion' ), array( 'status' => 500 ) );
	}

	/**
	 * Writes down how it ended.
	 *
	 * @param int                  $row    The row.
	 * @param array<string, mixed> $answer The call's answer.
	 */
	public static function end( int $row, array $answer ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->update(
			$wpdb->wpbridge_log,
			array(
				'status'    => (int) $answer['status'],
				'object_id' => self::made( $answer['body'] ),
			),
			array( 'id' => $row )
		);
	}

	/**
	 * The newest rows.
	 *
	 * @param int $many   How many.
	 * @param int $member Only those in which this member acted or was acted as; 0 for all.
	 * @param int $page   Which page of them, from 1.
	 * @return object[]
	 */
	public static function rows( int $many, int $member = 0, int $page = 1 ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		return $wpdb->get_results(
			$wpdb->prepare(
				"SELECT * FROM {$wpdb->wpbridge_log} WHERE %d IN (0, member, caller) ORDER BY id DESC LIMIT %d OFFSET %d",
				$member,
				$many,
				( $page - 1 ) * $many
			)
		);
	}

	/**
	 * Forgets old rows.
	 */
	public static function prune(): void {
		global $wpdb;
		$old = gmdate( 'Y-m-d H:i:s', time() - self::DAYS * DAY_IN_SECONDS );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_log} WHERE made < %s", $old ) );
	}

	/**
	 * The id in an answer; BuddyPress 14 wraps single objects in a list.
	 *
	 * @param mixed $body The answer's body.
	 */
	private static function made( $body ): int {
		$first = is_array( $body ) && isset( $body[0] ) ? $body[0] : $body;
		return is_array( $first ) && isset( $first['id'] ) ? (int) $first['id'] : 0;
	}
}
