<?php
/**
 * Who may post in a group, and closed groups.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * Holds groups to their rules where rows are saved, so that no way in goes round them: the
 * page, REST, comments, and posts that are moved into the group. The filters on permissions
 * only say so more politely. What other plugins keep in tables of their own, such as forums,
 * is not covered.
 */
final class Group_Rules {

	public const POSTS = 'wpbridge_who_posts';

	public const CLOSED = 'wpbridge_closed';

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( 'bp_activity_before_save', array( __CLASS__, 'saving' ), 20 );
		add_filter( 'bp_rest_activity_create_item_permissions_check', array( __CLASS__, 'rest_create' ), 20, 2 );
		add_filter( 'bp_rest_activity_update_item_permissions_check', array( __CLASS__, 'rest_update' ), 20, 2 );
		add_filter( 'bp_activity_can_comment', array( __CLASS__, 'can_comment' ), 20 );
		add_filter( 'bp_user_can', array( __CLASS__, 'user_can' ), 20, 5 );
		add_filter( 'bp_groups_user_can_send_invites', array( __CLASS__, 'can_invite' ), 20, 4 );
		add_action( 'groups_member_before_save', array( __CLASS__, 'joining' ), 20 );
		add_filter( 'bp_rest_group_invites_create_item_permissions_check', array( __CLASS__, 'rest_enter' ), 20, 2 );
		add_filter( 'bp_rest_group_membership_requests_create_item_permissions_check', array( __CLASS__, 'rest_enter' ), 20, 2 );
	}

	/**
	 * Who may post in a group: members, mods or admins.
	 *
	 * @param int $group The group.
	 */
	public static function posters( int $group ): string {
		$kept = groups_get_groupmeta( $group, self::POSTS, true );
		return in_array( $kept, array( 'mods', 'admins' ), true ) ? $kept : 'members';
	}

	/**
	 * Whether a group is closed: it stays to be read, nobody joins, and only moderators of
	 * the whole community post.
	 *
	 * @param int $group The group.
	 */
	public static function closed( int $group ): bool {
		return (bool) groups_get_groupmeta( $group, self::CLOSED, true );
	}

	/**
	 * Whether somebody may post in a group, as far as these rules go.
	 *
	 * @param int $user  Who.
	 * @param int $group Where.
	 */
	public static function may_post( int $user, int $group ): bool {
		$posters = self::posters( $group );
		$closed  = self::closed( $group );
		if ( 'members' === $posters && ! $closed ) {
			return true;
		}
		if ( bp_user_can( $user, 'bp_moderate' ) ) {
			return true;
		}
		if ( $closed ) {
			return false;
		}
		return groups_is_user_admin( $user, $group ) || ( 'mods' === $posters && groups_is_user_mod( $user, $group ) );
	}

	/**
	 * Keeps an activity from being saved where its author may not post.
	 *
	 * @param object $activity The BP_Activity_Activity to save.
	 */
	public static function saving( $activity ): void {
		$group = self::group_of( $activity );
		if ( ! $group || ! self::speaks( $activity ) || ! self::changed( $activity ) ) {
			return;
		}
		$user = self::writer( $activity );
		if ( self::may_post( $user, $group ) ) {
			return;
		}
		$activity->component = '';
		$activity->type      = '';
		if ( isset( $activity->errors ) && is_wp_error( $activity->errors ) ) {
			$error = self::refusal();
			$activity->errors->add( $error->get_error_code(), $error->get_error_message(), $error->get_error_data() );
		}
	}

	/**
	 * The group an activity is in; a comment is where its root is. 0 for none.
	 *
	 * @param object $activity The activity.
	 */
	private static function group_of( object $activity ): int {
		if ( ! bp_is_active( 'groups' ) ) {
			return 0;
		}
		if ( 'activity_comment' === $activity->type ) {
			$root = self::row( (int) $activity->item_id );
			return $root && 'groups' === $root->component ? (int) $root->item_id : 0;
		}
		return 'groups' === $activity->component ? (int) $activity->item_id : 0;
	}

	/**
	 * Whether somebody says something in it. "Joined the group" and its like say nothing.
	 *
	 * @param object $activity The activity.
	 */
	private static function speaks( object $activity ): bool {
		return in_array( $activity->type, array( 'activity_update', 'activity_comment' ), true ) || '' !== trim( (string) $activity->content );
	}

	/**
	 * Whether it is new, or says something else or elsewhere than before. Marking it as spam
	 * or putting a comment's tree in order is no posting.
	 *
	 * @param object $activity The activity.
	 */
	private static function changed( object $activity ): bool {
		$before = empty( $activity->id ) ? null : self::row( (int) $activity->id );
		if ( ! $before ) {
			return true;
		}
		return $before->content !== $activity->content
			|| $before->type !== $activity->type
			|| $before->component !== $activity->component
			|| (int) $before->item_id !== (int) $activity->item_id
			|| (int) $before->secondary_item_id !== (int) $activity->secondary_item_id;
	}

	/**
	 * Who writes: the author of a new post, whoever is logged in of a changed one.
	 *
	 * @param object $activity The activity.
	 */
	private static function writer( object $activity ): int {
		$user = get_current_user_id();
		return empty( $activity->id ) || ! $user ? (int) $activity->user_id : $user;
	}

	/**
	 * An activity as it is kept.
	 *
	 * @param int $id The activity.
	 */
	private static function row( int $id ): ?object {
		global $wpdb;
		$table = buddypress()->activity->table_name;
		// phpcs:ignore WordPress.DB -- A table's name; BP_Activity_Activity would serve the cached row.
		return $id ? $wpdb->get_row( $wpdb->prepare( "SELECT component, type, content, item_id, secondary_item_id FROM {$table} WHERE id = %d", $id ) ) : null;
	}

	/**
	 * Says no to a new post over REST, before it is tried.
	 *
	 * @param mixed           $may     What BuddyPress says.
	 * @param WP_REST_Request $request The request.
	 */
	public static function rest_create( $may, $request ) {
		return true === $may ? self::rest_check( $request, null ) : $may;
	}

	/**
	 * Says no to a changed post over REST, before it is tried.
	 *
	 * @param mixed           $may     What BuddyPress says.
	 * @param WP_REST_Request $request The request.
	 */
	public static function rest_update( $may, $request ) {
		return true === $may ? self::rest_check( $request, self::row( (int) $request['id'] ) ) : $may;
	}

	/**
	 * What these rules say to a request to post.
	 *
	 * @param WP_REST_Request $request The request.
	 * @param object|null     $before  The post as it is.
	 * @return true|WP_Error
	 */
	private static function rest_check( WP_REST_Request $request, ?object $before ) {
		$type  = $request['type'] ? $request['type'] : ( $before ? $before->type : 'activity_update' );
		$item  = null !== $request['primary_item_id'] ? (int) $request['primary_item_id'] : ( $before ? (int) $before->item_id : 0 );
		$where = $request['component'] ? $request['component'] : ( $before ? $before->component : '' );
		// A comment changed over REST comes with its own type or with none.
		$comment = 'activity_comment' === $type || ( $before && 'activity_comment' === $before->type );
		// groups_post_update() serves every update that has a primary item, whatever its component.
		$group = self::group_of(
			(object) array(
				'type'      => $comment ? 'activity_comment' : $type,
				'component' => $item && 'activity_update' === $type && ! $before ? 'groups' : $where,
				'item_id'   => $item,
			)
		);
		return ! $group || self::may_post( get_current_user_id(), $group ) ? true : self::refusal();
	}

	/**
	 * The error for who may not post.
	 */
	private static function refusal(): WP_Error {
		return new WP_Error( 'wpbridge_not_a_poster', __( 'Sorry, you cannot post in this group.', 'wpbridge-companion' ), array( 'status' => rest_authorization_required_code() ) );
	}

	/**
	 * Takes the comment form off pages.
	 *
	 * @param bool $can What BuddyPress says.
	 */
	public static function can_comment( $can ) {
		global $activities_template;
		if ( ! $can || empty( $activities_template->activity ) || ! is_object( $activities_template->activity ) ) {
			return $can;
		}
		$group = self::group_of( $activities_template->activity );
		return ! $group || self::may_post( get_current_user_id(), $group );
	}

	/**
	 * Lets nobody into a closed group by themselves.
	 *
	 * @param bool    $can  What BuddyPress says.
	 * @param int     $user Who.
	 * @param string  $what The capability.
	 * @param int     $site The site.
	 * @param mixed[] $args Which group.
	 */
	public static function user_can( $can, $user, $what, $site = 0, $args = array() ) {
		$ways = array( 'groups_join_group', 'groups_request_membership', 'groups_send_invitation' );
		if ( ! $can || ! in_array( $what, $ways, true ) ) {
			return $can;
		}
		$group = is_array( $args ) && ! empty( $args['group_id'] ) ? (int) $args['group_id'] : (int) bp_get_current_group_id();
		return self::may_enter( (int) $user, $group );
	}

	/**
	 * Lets nobody invite into a closed group.
	 *
	 * @param bool   $can    What BuddyPress says.
	 * @param int    $group  The group.
	 * @param string $policy Its policy.
	 * @param int    $user   Who.
	 */
	public static function can_invite( $can, $group = 0, $policy = '', $user = 0 ) {
		return $can && self::may_enter( $user ? (int) $user : get_current_user_id(), (int) $group );
	}

	/**
	 * Says no to invites and requests over REST, which ask none of the above.
	 *
	 * @param mixed           $may     What BuddyPress says.
	 * @param WP_REST_Request $request The request.
	 */
	public static function rest_enter( $may, $request ) {
		if ( true !== $may || self::may_enter( get_current_user_id(), (int) $request['group_id'] ) ) {
			return $may;
		}
		return new WP_Error( 'wpbridge_closed', __( 'Sorry, this group is closed.', 'wpbridge-companion' ), array( 'status' => rest_authorization_required_code() ) );
	}

	/**
	 * Keeps a new membership of a closed group from being saved: without a user,
	 * BP_Groups_Member::save() saves none.
	 *
	 * @param object $member The BP_Groups_Member to save.
	 */
	public static function joining( $member ): void {
		if ( empty( $member->id ) && ! self::may_enter( get_current_user_id(), (int) $member->group_id ) ) {
			$member->user_id = 0;
		}
	}

	/**
	 * Whether a group is open, or the one who asks moderates the community.
	 *
	 * @param int $user  Who.
	 * @param int $group The group.
	 */
	private static function may_enter( int $user, int $group ): bool {
		return ! $group || ! self::closed( $group ) || bp_user_can( $user, 'bp_moderate' );
	}
}
