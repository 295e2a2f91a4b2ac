<?php
/**
 * Other people's friendships.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * PUT wpbridge/v1/friendships/ID: {accepted: true}. DELETE wpbridge/v1/friendships/ID.
 */
final class Friendships {

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		if ( ! bp_is_active( 'friends' ) ) {
			return;
		}
		register_rest_route(
			REST,
			'/friendships/(?P<id>\d+)',
			array(
				array(
					'methods'             => 'PUT',
					'callback'            => array( __CLASS__, 'accept' ),
					'permission_callback' => array( Access::class, 'moderate' ),
					'args'                => array(
						'accepted' => array(
							'type'     => 'boolean',
							'enum'     => array( true ),
							'required' => true,
						),
					),
				),
				array(
					'methods'             => 'DELETE',
					'callback'            => array( __CLASS__, 'remove' ),
					'permission_callback' => array( Access::class, 'moderate' ),
				),
			)
		);
	}

	/**
	 * Accepts a friendship, or finds it accepted.
	 *
	 * BP_Friends_Friendship::accept() takes it from the logged-in friend only, so the row is
	 * saved by BuddyPress's class, and told to whom friends_accept_friendship() tells it.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function accept( WP_REST_Request $request ) {
		$friendship = self::find( (int) $request['id'] );
		if ( is_wp_error( $friendship ) ) {
			return $friendship;
		}
		if ( ! $friendship->is_confirmed ) {
			$friendship->is_confirmed = 1;
			$friendship->date_created = bp_core_current_time();
			$friendship->save();
			friends_update_friend_totals( $friendship->initiator_user_id, $friendship->friend_user_id );
			/** This action is documented in bp-friends/bp-friends-functions.php */
			do_action( 'friends_friendship_accepted', $friendship->id, $friendship->initiator_user_id, $friendship->friend_user_id, $friendship ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- It is BuddyPress's.
		}
		return self::tell( $friendship );
	}

	/**
	 * Ends a friendship, or takes a request for one back.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function remove( WP_REST_Request $request ) {
		$friendship = self::find( (int) $request['id'] );
		if ( is_wp_error( $friendship ) ) {
			return $friendship;
		}
		$before = self::tell( $friendship );
		if ( $friendship->is_confirmed ) {
			$done = friends_remove_friend( $friendship->initiator_user_id, $friendship->friend_user_id );
		} else {
			// friends_remove_friend() would count a friend less for two who never were.
			/** This action is documented in bp-friends/bp-friends-functions.php */
			do_action( 'friends_friendship_withdrawn', $friendship->id, $friendship ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- It is BuddyPress's.
			$done = $friendship->delete();
			Marks::gone( array( 'friendships' ), array( $before['id'] ) );
		}
		return array(
			'deleted'  => (bool) $done,
			'previous' => $before,
		);
	}

	/**
	 * A friendship by its number.
	 *
	 * @param int $id The number.
	 * @return object|WP_Error
	 */
	private static function find( int $id ) {
		$friendship = new \BP_Friends_Friendship( $id, false, false );
		if ( empty( $friendship->id ) || empty( $friendship->initiator_user_id ) ) {
			return new WP_Error( 'wpbridge_no_friendship', __( 'There is no such friendship.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		return $friendship;
	}

	/**
	 * A friendship as the client reads it.
	 *
	 * @param object $friendship The friendship.
	 * @return array<string, mixed>
	 */
	private static function tell( object $friendship ): array {
		return array(
			'id'        => (int) $friendship->id,
			'initiator' => (int) $friendship->initiator_user_id,
			'friend'    => (int) $friendship->friend_user_id,
			'accepted'  => (bool) (int) $friendship->is_confirmed,
		);
	}
}
