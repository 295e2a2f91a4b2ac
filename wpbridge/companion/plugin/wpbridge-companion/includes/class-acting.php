<?php
/**
 * Acting in a member's name.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_User;

defined( 'ABSPATH' ) || exit;

/**
 * Decides whether somebody may act as a member, and gains nobody a right by it: each
 * capability the member has must be the caller's as well.
 */
final class Acting {

	public const WORD = 'as';

	/**
	 * The capability: current_user_can( 'wpbridge_act_as', $member ).
	 */
	public const CAPABILITY = 'wpbridge_act_as';

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_filter( 'map_meta_cap', array( __CLASS__, 'map' ), 10, 4 );
	}

	/**
	 * Reads a call's "as".
	 *
	 * @param mixed $wanted What the client sent: a member's id.
	 * @return int|WP_Error
	 */
	public static function read( $wanted ) {
		if ( ! is_int( $wanted ) || $wanted < 1 ) {
			return Call::wrong( 'as', __( 'Act as a member by their number.', 'wpbridge-companion' ) );
		}
		if ( ! Settings::on( 'acting' ) ) {
			return Call::wrong( 'as', __( 'Acting in a member\'s name is not switched on here.', 'wpbridge-companion' ), 403 );
		}
		if ( ! self::password() && ! Settings::on( 'cookies' ) ) {
			return Call::wrong( 'as', __( 'Acting in a member\'s name takes an application password.', 'wpbridge-companion' ), 403 );
		}
		if ( ! current_user_can( self::CAPABILITY, $wanted ) ) {
			return Call::wrong( 'as', __( 'You cannot act as that member.', 'wpbridge-companion' ), 403 );
		}
		return $wanted;
	}

	/**
	 * Who really calls: the user, and the application password they came by.
	 *
	 * @return array{id: int, password: string}
	 */
	public static function caller(): array {
		return array(
			'id'       => get_current_user_id(),
			'password' => self::password(),
		);
	}

	/**
	 * The application password of this request, '' without one.
	 */
	public static function password(): string {
		return (string) rest_get_authenticated_app_password();
	}

	/**
	 * Says which capabilities acting as somebody takes.
	 *
	 * @param string[] $caps What WordPress made of it.
	 * @param string   $cap  What was asked.
	 * @param int      $user Who shall act.
	 * @param mixed[]  $args The member.
	 * @return string[]
	 */
	public static function map( $caps, $cap, $user, $args ) {
		if ( self::CAPABILITY !== $cap ) {
			return $caps;
		}
		$member = isset( $args[0] ) && is_int( $args[0] ) ? get_userdata( $args[0] ) : false;
		if ( ! $member || ! self::may( (int) $user, $member ) ) {
			return array( 'do_not_allow' );
		}
		return map_meta_cap( 'edit_user', $user, $member->ID );
	}

	/**
	 * Everything but the right to edit that user, which WordPress maps.
	 *
	 * @param int     $user   Who shall act.
	 * @param WP_User $member As whom.
	 */
	private static function may( int $user, WP_User $member ): bool {
		if ( Scope::acting() || ! bp_user_can( $user, 'bp_moderate' ) ) {
			return false;
		}
		if ( is_multisite() && ! is_super_admin( $user ) ) {
			return false;
		}
		if ( ! bp_is_user_active( $member->ID ) || ! is_user_member_of_blog( $member->ID, get_current_blog_id() ) ) {
			return false;
		}
		return self::covers( $user, $member );
	}

	/**
	 * Whether every capability of the member is the user's as well.
	 *
	 * What WordPress grants to neither, though both their roles have it, counts for nothing:
	 * editors and administrators have manage_links, which is closed unless a plugin opens it.
	 * A super admin of a network has every capability, with a role on this site or without.
	 *
	 * @param int     $user   Who shall act.
	 * @param WP_User $member As whom.
	 */
	private static function covers( int $user, WP_User $member ): bool {
		$caller = get_userdata( $user );
		$super  = is_multisite() && is_super_admin( $user );
		foreach ( array_keys( array_filter( $member->allcaps ) ) as $cap ) {
			// WP_User::get_role_caps() puts the names of the roles among the capabilities.
			if ( wp_roles()->is_role( $cap ) || user_can( $user, $cap ) ) {
				continue;
			}
			$held = $super || ! empty( $caller->allcaps[ $cap ] );
			if ( ! $held || user_can( $member, $cap ) ) {
				return false;
			}
		}
		return true;
	}
}
