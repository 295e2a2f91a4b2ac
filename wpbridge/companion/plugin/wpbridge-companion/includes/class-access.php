<?php
/**
 * Who may ask for what.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * The permission callbacks. Each asks for a capability; none asks how somebody came.
 */
final class Access {

	/**
	 * For what BuddyPress's moderators may do.
	 *
	 * @return true|WP_Error
	 */
	public static function moderate() {
		return self::gate( bp_current_user_can( 'bp_moderate' ) );
	}

	/**
	 * For the site's settings; where BuddyPress runs for a network, the network's.
	 *
	 * @return true|WP_Error
	 */
	public static function manage() {
		return self::gate( bp_current_user_can( 'bp_moderate' ) && current_user_can( self::manager() ) );
	}

	/**
	 * For reading whole collections, which hold e-mail addresses and private groups.
	 *
	 * @return true|WP_Error
	 */
	public static function collect() {
		$may = bp_current_user_can( 'bp_moderate' ) && current_user_can( 'list_users' );
		return self::gate( $may && ! Scope::acting() );
	}

	/**
	 * The capability that the settings page asks for.
	 */
	public static function manager(): string {
		return bp_is_network_activated() ? 'manage_network_options' : 'manage_options';
	}

	/**
	 * An answer that nobody keeps: no browser, no proxy.
	 *
	 * @param array<string, mixed> $data The answer.
	 */
	public static function unstored( array $data ): WP_REST_Response {
		$headers = array( 'Cache-Control' => 'no-store, private' );
		// WordPress 6.2 and before send their own after ours.
		add_filter(
			'nocache_headers',
			static function ( $others ) use ( $headers ) {
				return $headers + $others;
			}
		);
		return new WP_REST_Response( $data, 200, $headers );
	}

	/**
	 * Turns a no into the error WordPress gives.
	 *
	 * @param bool $may Whether they may.
	 * @return true|WP_Error
	 */
	public static function gate( bool $may ) {
		if ( $may ) {
			return true;
		}
		return new WP_Error(
			'wpbridge_forbidden',
			__( 'Sorry, you are not allowed to do that.', 'wpbridge-companion' ),
			array( 'status' => rest_authorization_required_code() )
		);
	}
}
