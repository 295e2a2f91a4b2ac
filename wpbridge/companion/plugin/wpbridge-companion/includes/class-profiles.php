<?php
/**
 * What BuddyPress's API cannot set in profiles.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * GET and PUT wpbridge/v1/members/ID/visibility: {levels: {FIELD: public|loggedin|friends|adminsonly}}.
 * GET and PUT wpbridge/v1/fields/ID: {required: bool, description: "", signup: bool, member_types: [...]},
 * where member types may hold "null" for members without one.
 */
final class Profiles {

	/**
	 * Registers the routes.
	 */
	public static function routes(): void {
		if ( ! bp_is_active( 'xprofile' ) ) {
			return;
		}
		self::route(
			'/members/(?P<id>\d+)/visibility',
			array( Members::class, 'may' ),
			array(
				'GET' => 'levels',
				'PUT' => 'set_levels',
			),
			array(
				'levels' => array(
					'type'                 => 'object',
					'required'             => true,
					'additionalProperties' => array( 'type' => 'string' ),
				),
			)
		);
		self::route(
			'/fields/(?P<id>\d+)',
			array( Access::class, 'moderate' ),
			array(
				'GET' => 'field',
				'PUT' => 'set_field',
			),
			array(
				'required'     => array( 'type' => 'boolean' ),
				'signup'       => array( 'type' => 'boolean' ),
				'description'  => array(
					'type' => 'string',
					'enum' => array( '' ),
				),
				'member_types' => array(
					'type'  => 'array',
					'items' => array( 'type' => 'string' ),
				),
			)
		);
	}

	/**
	 * Registers one of them, to read and to write.
	 *
	 * @param string                $path The path.
	 * @param callable              $may  Who may.
	 * @param array<string, string> $does Our function for each method.
	 * @param mixed[]               $args The arguments of writing.
	 */
	private static function route( string $path, callable $may, array $does, array $args ): void {
		$endpoints = array();
		foreach ( $does as $method => $name ) {
			$endpoints[] = array(
				'methods'             => $method,
				'callback'            => array( __CLASS__, $name ),
				'permission_callback' => $may,
				'args'                => 'GET' === $method ? array() : $args,
			);
		}
		register_rest_route( REST, $path, $endpoints );
	}

	/**
	 * Who sees which of a member's fields, as far as that member's own choice goes.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function levels( WP_REST_Request $request ) {
		$id = (int) $request['id'];
		if ( ! get_userdata( $id ) ) {
			return new WP_Error( 'wpbridge_no_member', __( 'There is no such member.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		$kept = bp_get_user_meta( $id, 'bp_xprofile_visibility_levels', true );
		return array(
			'id'     => $id,
			'levels' => (object) ( is_array( $kept ) ? $kept : array() ),
		);
	}

	/**
	 * Sets some of them; all or none.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function set_levels( WP_REST_Request $request ) {
		$before = self::levels( $request );
		if ( is_wp_error( $before ) ) {
			return $before;
		}
		foreach ( $request['levels'] as $field => $level ) {
			$known = array_key_exists( $level, bp_xprofile_get_visibility_levels() );
			if ( ! $known || ! ctype_digit( (string) $field ) || is_wp_error( self::find( (int) $field ) ) ) {
				return new WP_Error( 'wpbridge_level', __( 'There is no such field, or no such level.', 'wpbridge-companion' ), array( 'status' => 400 ) );
			}
		}
		foreach ( $request['levels'] as $field => $level ) {
			xprofile_set_field_visibility_level( (int) $field, (int) $request['id'], $level );
		}
		return self::levels( $request );
	}

	/**
	 * A field.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function field( WP_REST_Request $request ) {
		$field = self::find( (int) $request['id'] );
		if ( is_wp_error( $field ) ) {
			return $field;
		}
		return array(
			'id'           => (int) $field->id,
			'required'     => (bool) (int) $field->is_required,
			'blank'        => '' === trim( (string) $field->description ),
			'signup'       => (bool) bp_xprofile_get_meta( $field->id, 'field', 'signup_position', true ),
			'member_types' => array_values( $field->get_member_types() ),
		);
	}

	/**
	 * Changes what is said of a field.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function set_field( WP_REST_Request $request ) {
		$field = self::find( (int) $request['id'] );
		if ( is_wp_error( $field ) ) {
			return $field;
		}
		self::columns( $field, $request );
		if ( null !== $request['signup'] ) {
			self::signup( (int) $field->id, $request['signup'] );
		}
		if ( null !== $request['member_types'] ) {
			$field->set_member_types( $request['member_types'] );
		}
		return self::field( $request );
	}

	/**
	 * Writes to the field's row alone: BP_XProfile_Field::save() deletes the field's options
	 * and makes them anew under other numbers.
	 *
	 * @param object          $field   The field.
	 * @param WP_REST_Request $request The request.
	 */
	private static function columns( object $field, WP_REST_Request $request ): void {
		global $wpdb;
		$row = array();
		if ( null !== $request['required'] ) {
			$row['is_required'] = (int) $request['required'];
		}
		if ( null !== $request['description'] ) {
			$row['description'] = '';
		}
		if ( $row ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- See above.
			$wpdb->update( buddypress()->profile->table_name_fields, $row, array( 'id' => $field->id ) );
			wp_cache_delete( $field->id, 'bp_xprofile_fields' );
			bp_core_reset_incrementor( 'bp_xprofile_groups' );
			wp_cache_delete( 'all', 'bp_xprofile_groups' );
		}
	}

	/**
	 * Puts a field at the end of the sign-up form, or takes it off.
	 *
	 * @param int  $field The field.
	 * @param bool $shown Whether it is shown there.
	 */
	private static function signup( int $field, bool $shown ): void {
		if ( ! $shown ) {
			bp_xprofile_delete_meta( $field, 'field', 'signup_position' );
		} elseif ( ! bp_xprofile_get_meta( $field, 'field', 'signup_position', true ) ) {
			bp_xprofile_update_field_meta( $field, 'signup_position', count( bp_xprofile_get_signup_field_ids() ) + 1 );
		}
	}

	/**
	 * A field by its number.
	 *
	 * @param int $id The number.
	 * @return object|WP_Error
	 */
	private static function find( int $id ) {
		$field = xprofile_get_field( $id, null, false );
		if ( ! $field || empty( $field->id ) || ! empty( $field->parent_id ) ) {
			return new WP_Error( 'wpbridge_no_field', __( 'There is no such field.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		return $field;
	}
}
