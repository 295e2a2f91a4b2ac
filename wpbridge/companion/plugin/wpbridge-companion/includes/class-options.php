<?php
/**
 * BuddyPress's options.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * GET and PUT wpbridge/v1/options: a fixed list, each true or false, or one of a few words.
 * Salts, theme packages, roles and capabilities are not among them. Registration is one, except
 * on a network, where it is a setting of the network's.
 */
final class Options {

	/**
	 * Our word, BuddyPress's option, and whether BuddyPress says the opposite of us.
	 */
	private const SWITCHES = array(
		'avatar_uploads'           => array( 'bp-disable-avatar-uploads', true ),
		'cover_uploads'            => array( 'bp-disable-cover-image-uploads', true ),
		'group_avatar_uploads'     => array( 'bp-disable-group-avatar-uploads', true ),
		'group_cover_uploads'      => array( 'bp-disable-group-cover-image-uploads', true ),
		'group_activity_deletions' => array( 'bp-disable-group-activity-deletions', true ),
		'account_deletion'         => array( 'bp-disable-account-deletion', true ),
		'post_comments'            => array( 'bp-disable-blogforum-comments', true ),
		'profile_sync'             => array( 'bp-disable-profile-sync', true ),
		'toolbar_for_visitors'     => array( 'hide-loggedout-adminbar', true ),
		'refresh'                  => array( '_bp_enable_heartbeat_refresh', false ),
	);

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		register_rest_route(
			REST,
			'/options',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( __CLASS__, 'read' ),
					'permission_callback' => array( Access::class, 'manage' ),
				),
				array(
					'methods'             => 'PUT',
					'callback'            => array( __CLASS__, 'change' ),
					'permission_callback' => array( Access::class, 'manage' ),
					'args'                => self::args(),
				),
			)
		);
	}

	/**
	 * The arguments: the switches and two choices.
	 *
	 * @return array<string, mixed>
	 */
	private static function args(): array {
		$args = array_fill_keys( array_keys( self::SWITCHES ), array( 'type' => 'boolean' ) );

		$args['community']      = array(
			'type' => 'string',
			'enum' => array( 'anyone', 'members' ),
		);
		$args['group_creation'] = array(
			'type' => 'string',
			'enum' => array( 'members', 'admins' ),
		);
		if ( ! is_multisite() ) {
			$args['registration'] = array(
				'type' => 'string',
				'enum' => array( 'open', 'closed', 'requests' ),
			);
		}
		return $args;
	}

	/**
	 * All of them.
	 *
	 * @return array<string, mixed>
	 */
	public static function read(): array {
		$told     = array();
		$defaults = bp_get_default_options();
		foreach ( self::SWITCHES as $word => list( $option, $opposite ) ) {
			$default       = isset( $defaults[ $option ] ) ? $defaults[ $option ] : false;
			$told[ $word ] = (bool) (int) bp_get_option( $option, $default ) !== $opposite;
		}
		$seen = bp_get_option( '_bp_community_visibility', array() );

		$told['community']      = isset( $seen['global'] ) && 'members' === $seen['global'] ? 'members' : 'anyone';
		$told['group_creation'] = (int) bp_get_option( 'bp_restrict_group_creation', 0 ) ? 'admins' : 'members';
		if ( ! is_multisite() ) {
			$told['registration'] = self::registration();
		}
		return $told;
	}

	/**
	 * Whether people make accounts for themselves, ask for one, or neither. BuddyPress takes
	 * requests only while WordPress's registration is off.
	 */
	private static function registration(): string {
		if ( get_option( 'users_can_register' ) ) {
			return 'open';
		}
		return (int) bp_get_option( 'bp-enable-membership-requests', 0 ) ? 'requests' : 'closed';
	}

	/**
	 * Changes what is said, and refuses what is not on the list.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function change( WP_REST_Request $request ) {
		$said = (array) $request->get_json_params();
		if ( ! $said || in_array( null, $said, true ) || array_diff_key( $said, self::args() ) ) {
			return new WP_Error( 'wpbridge_option', __( 'That is not among the options that can be set.', 'wpbridge-companion' ), array( 'status' => 400 ) );
		}
		foreach ( array_intersect_key( self::SWITCHES, $said ) as $word => list( $option, $opposite ) ) {
			bp_update_option( $option, (int) ( $request[ $word ] !== $opposite ) );
		}
		if ( isset( $said['community'] ) ) {
			$seen = bp_get_option( '_bp_community_visibility', array() );
			$seen = array_merge( is_array( $seen ) ? $seen : array(), array( 'global' => $request['community'] ) );
			bp_update_option( '_bp_community_visibility', $seen );
		}
		if ( isset( $said['group_creation'] ) ) {
			bp_update_option( 'bp_restrict_group_creation', (int) ( 'admins' === $request['group_creation'] ) );
		}
		if ( isset( $said['registration'] ) ) {
			update_option( 'users_can_register', (int) ( 'open' === $request['registration'] ) );
			bp_update_option( 'bp-enable-membership-requests', (int) ( 'requests' === $request['registration'] ) );
		}
		return self::read();
	}
}
