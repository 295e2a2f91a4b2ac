<?php
/**
 * What BuddyPress's API cannot set for a member.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;
use WP_User;

defined( 'ABSPATH' ) || exit;

/**
 * PUT wpbridge/v1/members/ID: {last_activity: moment, types: [slug, ...], suspended: true}.
 * Without a last activity BuddyPress lists nobody in its directories; an empty list of types
 * clears them. Who is suspended has no role on this site any more; that is for plain
 * subscribers only, whatever the caller may do. WordPress's own route gives a role back.
 */
final class Members {

	/**
	 * What a plain subscriber may be called; bbPress gives everybody one of its own, too.
	 */
	private const LOWEST = array( 'subscriber', 'bbp_participant', 'bbp_spectator' );

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		register_rest_route(
			REST,
			'/members/(?P<id>\d+)',
			array(
				'methods'             => 'PUT',
				'callback'            => array( __CLASS__, 'change' ),
				'permission_callback' => array( __CLASS__, 'may' ),
				'args'                => array(
					'last_activity' => array(
						'type'              => 'string',
						'validate_callback' => array( __CLASS__, 'past' ),
					),
					'types'         => array(
						'type'  => 'array',
						'items' => array( 'type' => 'string' ),
					),
					'suspended'     => array(
						'type'              => 'boolean',
						'validate_callback' => array( __CLASS__, 'yes' ),
					),
				),
			)
		);
	}

	/**
	 * For moderators who may edit that user.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return true|WP_Error
	 */
	public static function may( WP_REST_Request $request ) {
		$may = Access::moderate();
		return true === $may ? Access::gate( current_user_can( 'edit_user', (int) $request['id'] ) ) : $may;
	}

	/**
	 * Whether it is a moment, and past.
	 *
	 * @param mixed $text What the client sent.
	 */
	public static function past( $text ): bool {
		$moment = Dates::moment( $text );
		return null !== $moment && $moment <= time();
	}

	/**
	 * Whether it is a plain yes.
	 *
	 * @param mixed           $value   What the client sent.
	 * @param WP_REST_Request $request The request.
	 * @param string          $name    The argument's name.
	 * @return bool|WP_Error
	 */
	public static function yes( $value, WP_REST_Request $request, string $name ) {
		$sound = rest_validate_request_arg( $value, $request, $name );
		return true === $sound ? rest_sanitize_boolean( $value ) : $sound;
	}

	/**
	 * Changes what is said.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function change( WP_REST_Request $request ) {
		$id = (int) $request['id'];
		if ( ! get_userdata( $id ) ) {
			return new WP_Error( 'wpbridge_no_member', __( 'There is no such member.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		$types = $request['types'];
		if ( null !== $types && array_diff( $types, array_keys( bp_get_member_types() ) ) ) {
			return new WP_Error( 'wpbridge_no_type', __( 'There is no such type.', 'wpbridge-companion' ), array( 'status' => 400 ) );
		}
		$suspended = $request['suspended'] ? self::suspend( $id ) : true;
		if ( is_wp_error( $suspended ) ) {
			return $suspended;
		}
		if ( null !== $types ) {
			bp_set_member_type( $id, $types ? $types : '' );
		}
		if ( null !== $request['last_activity'] ) {
			bp_update_user_last_activity( $id, gmdate( 'Y-m-d H:i:s', Dates::moment( $request['last_activity'] ) ) );
		}
		$kept = bp_get_member_type( $id, false );
		return array(
			'id'            => $id,
			'types'         => is_array( $kept ) ? $kept : array(),
			'last_activity' => self::zulu( (string) bp_get_user_last_activity( $id ) ),
		);
	}

	/**
	 * Takes the role on this site from a plain subscriber. Whoever asks does not do it to
	 * themselves, and may give and take roles here.
	 *
	 * @param int $id Whose.
	 * @return true|WP_Error
	 */
	private static function suspend( int $id ) {
		$may = Access::gate( current_user_can( 'promote_user', $id ) && get_current_user_id() !== $id && is_user_member_of_blog( $id ) );
		if ( true !== $may ) {
			return $may;
		}
		$user = new WP_User( $id );
		if ( is_super_admin( $id ) || array_diff( array_keys( array_filter( $user->caps ) ), self::LOWEST ) ) {
			return new WP_Error( 'wpbridge_no_subscriber', __( 'Only a plain subscriber can be suspended.', 'wpbridge-companion' ), array( 'status' => 403 ) );
		}
		$user->set_role( '' );
		return true;
	}

	/**
	 * A date of the database as a moment with its zone; null for none.
	 *
	 * @param string $date The date.
	 */
	public static function zulu( string $date ): ?string {
		return '' === $date || '0000' === substr( $date, 0, 4 ) ? null : str_replace( ' ', 'T', $date ) . 'Z';
	}
}
