<?php
/**
 * Member types and group types.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * GET and POST wpbridge/v1/member-types, PUT and DELETE wpbridge/v1/member-types/SLUG, and
 * the same for group-types. A type is {slug, name, singular, directory, list, code}: whether
 * it has a directory, is shown on profiles, and comes from code, which makes it read-only.
 *
 * The taxonomies' own capability is manage_categories, which editors have; here it takes
 * bp_moderate. BuddyPress's argument lists name a new type one request later.
 */
final class Types {

	/**
	 * Registers the routes.
	 */
	public static function routes(): void {
		foreach ( array( 'member', 'group' ) as $sort ) {
			$one = "/$sort-types/(?P<slug>[a-z0-9_-]+)";
			self::route( "/$sort-types", $sort, 'GET', 'all', array() );
			self::route( "/$sort-types", $sort, 'POST', 'make', self::args( true ) );
			self::route( $one, $sort, 'PUT', 'change', self::args( false ) );
			self::route( $one, $sort, 'DELETE', 'drop', array() );
		}
	}

	/**
	 * Registers one of them.
	 *
	 * @param string  $path   The path.
	 * @param string  $sort   Either member or group.
	 * @param string  $method The method.
	 * @param string  $does   Our function for it.
	 * @param mixed[] $args   Its arguments.
	 */
	private static function route( string $path, string $sort, string $method, string $does, array $args ): void {
		register_rest_route(
			REST,
			$path,
			array(
				'methods'             => $method,
				'permission_callback' => array( Access::class, 'moderate' ),
				'args'                => $args,
				'callback'            => static function ( WP_REST_Request $request ) use ( $sort, $does ) {
					return self::$does( $sort, $request );
				},
			)
		);
	}

	/**
	 * The arguments of a type.
	 *
	 * @param bool $creates Whether it is a new one.
	 * @return array<string, mixed>
	 */
	private static function args( bool $creates ): array {
		$text = array(
			'type'              => 'string',
			'maxLength'         => 190,
			'sanitize_callback' => 'sanitize_text_field',
			'validate_callback' => 'rest_validate_request_arg',
		);
		$args = array(
			'name'      => $text,
			'singular'  => $text,
			'directory' => array( 'type' => 'boolean' ),
			'list'      => array( 'type' => 'boolean' ),
		);
		if ( $creates ) {
			$args['slug'] = array(
				'type'     => 'string',
				'required' => true,
				'pattern'  => '^[a-z0-9](?:[a-z0-9_-]{0,48}[a-z0-9])?$',
			);
		}
		return $args;
	}

	/**
	 * Every type.
	 *
	 * @param string $sort Either member or group.
	 * @return array<int, array<string, mixed>>
	 */
	private static function all( string $sort ): array {
		$all = 'member' === $sort ? bp_get_member_types( array(), 'objects' ) : self::group_types();
		return array_values( array_map( array( __CLASS__, 'tell' ), $all ) );
	}

	/**
	 * Every group type; none while groups are off.
	 *
	 * @return object[]
	 */
	private static function group_types(): array {
		return bp_is_active( 'groups' ) ? bp_groups_get_group_types( array(), 'objects' ) : array();
	}

	/**
	 * A type as the client reads it.
	 *
	 * @param object $type BuddyPress's.
	 * @return array<string, mixed>
	 */
	private static function tell( object $type ): array {
		$labels = isset( $type->labels ) ? (array) $type->labels : array();
		return array(
			'slug'      => $type->name,
			'name'      => isset( $labels['name'] ) ? $labels['name'] : '',
			'singular'  => isset( $labels['singular_name'] ) ? $labels['singular_name'] : '',
			'directory' => ! empty( $type->has_directory ),
			'list'      => ! empty( $type->show_in_list ),
			'code'      => ! empty( $type->code ),
		);
	}

	/**
	 * The type of a slug, or null.
	 *
	 * @param string $sort Either member or group.
	 * @param string $slug The slug.
	 * @return array<string, mixed>|null
	 */
	private static function one( string $sort, string $slug ): ?array {
		foreach ( self::all( $sort ) as $type ) {
			if ( $slug === $type['slug'] ) {
				return $type;
			}
		}
		return null;
	}

	/**
	 * Makes a type.
	 *
	 * @param string          $sort    Either member or group.
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	private static function make( string $sort, WP_REST_Request $request ) {
		$slug = $request['slug'];
		if ( self::one( $sort, $slug ) ) {
			return new WP_Error( 'wpbridge_type_exists', __( 'There is such a type.', 'wpbridge-companion' ), array( 'status' => 409 ) );
		}
		if ( in_array( $slug, array( 'any', 'null', '_none' ), true ) ) {
			return new WP_Error( 'wpbridge_type_name', __( 'BuddyPress keeps that name for itself.', 'wpbridge-companion' ), array( 'status' => 400 ) );
		}
		$made = bp_insert_term(
			$slug,
			self::taxonomy( $sort ),
			array(
				'slug'  => $slug,
				'metas' => self::metas( $request, $slug ),
			)
		);
		if ( is_wp_error( $made ) ) {
			$made->add_data( array( 'status' => 400 ) );
			return $made;
		}
		return self::fresh( $sort, $slug );
	}

	/**
	 * Changes a type, where it is stated.
	 *
	 * @param string          $sort    Either member or group.
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	private static function change( string $sort, WP_REST_Request $request ) {
		$term = self::term( $sort, $request['slug'] );
		if ( is_wp_error( $term ) ) {
			return $term;
		}
		bp_update_type_metadata( $term, self::taxonomy( $sort ), self::metas( $request, '' ) );
		return self::fresh( $sort, $request['slug'] );
	}

	/**
	 * Drops a type; whoever has it has it no longer.
	 *
	 * @param string          $sort    Either member or group.
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	private static function drop( string $sort, WP_REST_Request $request ) {
		$term = self::term( $sort, $request['slug'] );
		if ( is_wp_error( $term ) ) {
			return $term;
		}
		$before = self::one( $sort, $request['slug'] );
		bp_delete_term( $term, self::taxonomy( $sort ) );
		wp_cache_delete( self::taxonomy( $sort ), 'bp_object_terms' );
		return array(
			'deleted'  => true,
			'previous' => $before,
		);
	}

	/**
	 * The type as it is now, past BuddyPress's cache.
	 *
	 * @param string $sort Either member or group.
	 * @param string $slug The slug.
	 * @return array<string, mixed>|null
	 */
	private static function fresh( string $sort, string $slug ): ?array {
		wp_cache_delete( self::taxonomy( $sort ), 'bp_object_terms' );
		return self::one( $sort, $slug );
	}

	/**
	 * The term of a type that can be written.
	 *
	 * @param string $sort Either member or group.
	 * @param string $slug The slug.
	 * @return int|WP_Error
	 */
	private static function term( string $sort, string $slug ) {
		$type = self::one( $sort, $slug );
		if ( ! $type ) {
			return new WP_Error( 'wpbridge_no_type', __( 'There is no such type.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		$all  = 'member' === $sort ? bp_get_member_types( array(), 'objects' ) : self::group_types();
		$term = isset( $all[ $slug ]->db_id ) ? (int) $all[ $slug ]->db_id : 0;
		if ( $type['code'] || ! $term ) {
			return new WP_Error( 'wpbridge_type_of_code', __( 'That type comes from code and cannot be changed here.', 'wpbridge-companion' ), array( 'status' => 409 ) );
		}
		return $term;
	}

	/**
	 * What BuddyPress keeps beside the term.
	 *
	 * @param WP_REST_Request $request The request.
	 * @param string          $slug    A new type's slug, for what it is called; '' for an old one.
	 * @return array<string, mixed>
	 */
	private static function metas( WP_REST_Request $request, string $slug ): array {
		$words = array(
			'name'      => 'bp_type_name',
			'singular'  => 'bp_type_singular_name',
			'directory' => 'bp_type_has_directory',
			'list'      => 'bp_type_show_in_list',
		);
		$metas = array();
		foreach ( $words as $word => $meta ) {
			if ( null !== $request[ $word ] ) {
				$metas[ $meta ] = is_bool( $request[ $word ] ) ? (int) $request[ $word ] : $request[ $word ];
			}
		}
		if ( '' !== $slug ) {
			$name   = isset( $metas['bp_type_name'] ) ? $metas['bp_type_name'] : ucfirst( $slug );
			$metas += array(
				'bp_type_name'           => $name,
				'bp_type_singular_name'  => $name,
				'bp_type_directory_slug' => $slug,
			);
		}
		return $metas;
	}

	/**
	 * The taxonomy.
	 *
	 * @param string $sort Either member or group.
	 */
	private static function taxonomy( string $sort ): string {
		return 'member' === $sort ? bp_get_member_type_tax_name() : 'bp_group_type';
	}
}
