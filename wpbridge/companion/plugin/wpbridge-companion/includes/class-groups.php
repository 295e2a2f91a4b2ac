<?php
/**
 * What BuddyPress's API cannot set in a group.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * GET and PUT wpbridge/v1/groups/ID: {invites: members|mods|admins, posts: members|mods|admins,
 * closed: bool, parent: id or 0, forum: bool, description: ""}. What is not said stays.
 */
final class Groups {

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		$who = array(
			'type' => 'string',
			'enum' => array( 'members', 'mods', 'admins' ),
		);
		register_rest_route(
			REST,
			'/groups/(?P<id>\d+)',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( __CLASS__, 'read' ),
					'permission_callback' => array( Access::class, 'moderate' ),
				),
				array(
					'methods'             => 'PUT',
					'callback'            => array( __CLASS__, 'change' ),
					'permission_callback' => array( Access::class, 'moderate' ),
					'args'                => array(
						'invites'     => $who,
						'posts'       => $who,
						'closed'      => array( 'type' => 'boolean' ),
						'forum'       => array( 'type' => 'boolean' ),
						'parent'      => array(
							'type'    => 'integer',
							'minimum' => 0,
						),
						// Only to clear it: BuddyPress's own route writes it, and drops ''.
						'description' => array(
							'type' => 'string',
							'enum' => array( '' ),
						),
					),
				),
			)
		);
	}

	/**
	 * A group's rules.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function read( WP_REST_Request $request ) {
		$group = self::find( (int) $request['id'] );
		return is_wp_error( $group ) ? $group : self::tell( $group );
	}

	/**
	 * Changes what is said.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function change( WP_REST_Request $request ) {
		$group = self::find( (int) $request['id'] );
		if ( is_wp_error( $group ) ) {
			return $group;
		}
		if ( $request['parent'] && ( (int) $request['parent'] === $group->id || is_wp_error( self::find( (int) $request['parent'] ) ) ) ) {
			return new WP_Error( 'wpbridge_no_parent', __( 'There is no such group to be its parent.', 'wpbridge-companion' ), array( 'status' => 400 ) );
		}
		if ( ! self::save( $group, $request ) ) {
			return new WP_Error( 'wpbridge_not_saved', __( 'The group could not be saved.', 'wpbridge-companion' ), array( 'status' => 500 ) );
		}
		$metas = array(
			'invites' => 'invite_status',
			'posts'   => Group_Rules::POSTS,
			'closed'  => Group_Rules::CLOSED,
		);
		foreach ( $metas as $word => $meta ) {
			if ( null !== $request[ $word ] ) {
				groups_update_groupmeta( $group->id, $meta, is_bool( $request[ $word ] ) ? (int) $request[ $word ] : $request[ $word ] );
			}
		}
		return self::tell( self::find( $group->id ) );
	}

	/**
	 * Writes what is in the group's own row, and nothing when nothing of it was said.
	 *
	 * @param object          $group   The group.
	 * @param WP_REST_Request $request The request.
	 */
	private static function save( object $group, WP_REST_Request $request ): bool {
		$columns = array(
			'parent'      => 'parent_id',
			'forum'       => 'enable_forum',
			'description' => 'description',
		);
		$said    = false;
		foreach ( $columns as $word => $column ) {
			if ( null !== $request[ $word ] ) {
				$group->$column = is_bool( $request[ $word ] ) ? (int) $request[ $word ] : $request[ $word ];
				$said           = true;
			}
		}
		return ! $said || $group->save();
	}

	/**
	 * A group by its number, read from the database.
	 *
	 * @param int $id The number.
	 * @return object|WP_Error
	 */
	private static function find( int $id ) {
		$group = bp_is_active( 'groups' ) ? new \BP_Groups_Group( $id ) : null;
		if ( ! $group || empty( $group->id ) || empty( $group->slug ) ) {
			return new WP_Error( 'wpbridge_no_group', __( 'There is no such group.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		return $group;
	}

	/**
	 * A group's rules as the client reads them.
	 *
	 * @param object $group The group.
	 * @return array<string, mixed>
	 */
	private static function tell( object $group ): array {
		return array(
			'id'      => (int) $group->id,
			'slug'    => $group->slug,
			'invites' => bp_group_get_invite_status( $group->id ),
			'posts'   => Group_Rules::posters( (int) $group->id ),
			'closed'  => Group_Rules::closed( (int) $group->id ),
			'parent'  => (int) $group->parent_id,
			'forum'   => ! empty( $group->enable_forum ),
			'blank'   => '' === trim( (string) $group->description ),
		);
	}
}
