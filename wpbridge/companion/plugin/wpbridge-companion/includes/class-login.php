<?php
/**
 * Who is logged in, as BuddyPress 12 and 14 see it.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Follows the current user into BuddyPress.
 *
 * BP_Core::setup_globals() of BuddyPress 14 and before copies the user once, at init;
 * WordPress accepts application passwords only later, once the request is known to be REST.
 * So BuddyPress takes such a request for an anonymous one. Where application passwords are
 * accepted is WordPress's affair, and not touched here.
 */
final class Login {

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( 'set_current_user', array( __CLASS__, 'follow' ), 1 );
	}

	/**
	 * Brings BuddyPress's copy in step with WordPress's current user.
	 */
	public static function follow(): void {
		if ( ! function_exists( 'buddypress' ) || ! did_action( 'bp_setup_globals' ) ) {
			return;
		}
		$bp = buddypress();
		// BuddyPress 15 asks WordPress itself, in a BP_LoggedIn_User.
		if ( ! isset( $bp->loggedin_user ) || ! $bp->loggedin_user instanceof \stdClass ) {
			return;
		}
		self::copy( $bp->loggedin_user, get_current_user_id() );
	}

	/**
	 * Sets what BP_Members_Component::setup_globals() sets.
	 *
	 * @param \stdClass $copy BuddyPress's copy.
	 * @param int       $id   The current user.
	 */
	private static function copy( \stdClass $copy, int $id ): void {
		$data  = $id ? bp_core_get_core_userdata( $id ) : false;
		$super = $id && is_super_admin( $id );

		$copy->id             = $id;
		$copy->userdata       = $data;
		$copy->fullname       = isset( $data->display_name ) ? $data->display_name : '';
		$copy->is_super_admin = $super;
		$copy->is_site_admin  = $super;
		$copy->domain         = $id ? bp_members_get_user_url( $id ) : '';
	}
}
