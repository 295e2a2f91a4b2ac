<?php
/**
 * Members' favourites.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * PUT wpbridge/v1/favourites: {member, activity, favourite: bool}. To say it twice changes nothing,
 * unlike BuddyPress's own route, which toggles, and remembers another member's in the same process.
 */
final class Favourites {

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		if ( ! bp_is_active( 'activity' ) ) {
			return;
		}
		$number = array(
			'type'     => 'integer',
			'minimum'  => 1,
			'required' => true,
		);
		register_rest_route(
			REST,
			'/favourites',
			array(
				'methods'             => 'PUT',
				'callback'            => array( __CLASS__, 'set' ),
				'permission_callback' => array( __CLASS__, 'may' ),
				'args'                => array(
					'member'    => $number,
					'activity'  => $number,
					'favourite' => array(
						'type'    => 'boolean',
						'default' => true,
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
		return true === $may ? Access::gate( current_user_can( 'edit_user', (int) $request['member'] ) ) : $may;
	}

	/**
	 * Sets it.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function set( WP_REST_Request $request ) {
		$member   = (int) $request['member'];
		$activity = (int) $request['activity'];
		$post     = new \BP_Activity_Activity( $activity );
		if ( ! get_userdata( $member ) || empty( $post->date_recorded ) ) {
			return new WP_Error( 'wpbridge_no_object', __( 'There is no such member, or no such post.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		$has = in_array( $activity, array_map( 'intval', (array) bp_activity_get_user_favorites( $member ) ), true );
		if ( $request['favourite'] && ! $has ) {
			bp_activity_add_user_favorite( $activity, $member );
		} elseif ( ! $request['favourite'] && $has ) {
			bp_activity_remove_user_favorite( $activity, $member );
		}
		return array(
			'member'    => $member,
			'activity'  => $activity,
			'favourite' => (bool) $request['favourite'],
			'changed'   => $has !== (bool) $request['favourite'],
		);
	}
}
