<?php
/**
 * One writer at a time.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * POST wpbridge/v1/lease: {seconds, token} answers {token, until}: with its token a lease is
 * prolonged, without one it is taken, or 409. DELETE wpbridge/v1/lease: {token} gives it back.
 * It binds only those who ask.
 */
final class Lease {

	private const NAME = 'lease';

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		$token = array(
			'type'    => 'string',
			'pattern' => '^[0-9a-f]{64}$',
		);
		register_rest_route(
			REST,
			'/lease',
			array(
				array(
					'methods'             => 'POST',
					'callback'            => array( __CLASS__, 'take' ),
					'permission_callback' => array( Access::class, 'moderate' ),
					'args'                => array(
						'token'   => $token,
						'seconds' => array(
							'type'    => 'integer',
							'minimum' => 1,
							'maximum' => 3600,
							'default' => 300,
						),
					),
				),
				array(
					'methods'             => 'DELETE',
					'callback'            => array( __CLASS__, 'give_back' ),
					'permission_callback' => array( Access::class, 'moderate' ),
					'args'                => array( 'token' => array( 'required' => true ) + $token ),
				),
			)
		);
	}

	/**
	 * Takes or prolongs the lease.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function take( WP_REST_Request $request ) {
		global $wpdb;
		$now   = gmdate( 'Y-m-d H:i:s' );
		$until = gmdate( 'Y-m-d H:i:s', time() + $request['seconds'] );
		$token = $request['token'];
		$blog  = get_current_blog_id();
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- An own table; its unique key lets one process in.
		if ( $token ) {
			$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->wpbridge_answers} SET made = %s WHERE blog_id = %d AND caller = 0 AND name = %s AND request = %s", $until, $blog, self::NAME, $token ) );
		}
		$token = $token ? $token : bin2hex( random_bytes( 32 ) );
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_answers} WHERE blog_id = %d AND caller = 0 AND name = %s AND made < %s", $blog, self::NAME, $now ) );
		$wpdb->query( $wpdb->prepare( "INSERT IGNORE INTO {$wpdb->wpbridge_answers} (blog_id, caller, name, request, answer, made) VALUES (%d, 0, %s, %s, %s, %s)", $blog, self::NAME, $token, (string) get_current_user_id(), $until ) );
		$taken = $wpdb->get_var( $wpdb->prepare( "SELECT 1 FROM {$wpdb->wpbridge_answers} WHERE blog_id = %d AND caller = 0 AND name = %s AND request = %s", $blog, self::NAME, $token ) );
		// phpcs:enable
		if ( ! $taken ) {
			return new WP_Error( 'wpbridge_leased', __( 'Somebody else is writing to this site.', 'wpbridge-companion' ), array( 'status' => 409 ) );
		}
		return array(
			'token' => $token,
			'until' => Members::zulu( $until ),
		);
	}

	/**
	 * Gives it back.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>
	 */
	public static function give_back( WP_REST_Request $request ): array {
		global $wpdb;
		$where = array(
			'blog_id' => get_current_blog_id(),
			'caller'  => 0,
			'name'    => self::NAME,
			'request' => $request['token'],
		);
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		return array( 'deleted' => (bool) $wpdb->delete( $wpdb->wpbridge_answers, $where ) );
	}
}
