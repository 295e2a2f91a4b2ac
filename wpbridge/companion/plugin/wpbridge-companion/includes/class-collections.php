<?php
/**
 * Whole collections.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * GET wpbridge/v1/collections/NAME?after=ID&limit=2000 (and group=ID for memberships and posts,
 * owner=NAME for posts that bear this owner's mark).
 *
 * Answers {columns, rows, next, seconds}: each row a list in the order of the columns, each page begins
 * after the id that next said. Columns are fixed; dates end in Z.
 */
final class Collections {

	public const MOST = 5000;

	/**
	 * How many numbers that nothing has are looked for along the way.
	 */
	private const GAP = 20;

	/**
	 * Each collection's columns.
	 */
	private const COLUMNS = array(
		'members'     => array( 'id', 'login', 'slug', 'name', 'email', 'registered', 'status', 'last_activity', 'roles', 'types', 'profile' ),
		'groups'      => array( 'id', 'slug', 'name', 'description', 'status', 'creator', 'parent', 'forum', 'created', 'last_activity', 'invites', 'posts', 'closed', 'types' ),
		'memberships' => array( 'id', 'group', 'member', 'role', 'since', 'confirmed' ),
		'posts'       => array( 'id', 'member', 'component', 'type', 'item', 'parent', 'date', 'hidden', 'content', 'marks' ),
		'friendships' => array( 'id', 'initiator', 'friend', 'accepted', 'date' ),
	);

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		$number = array(
			'type'    => 'integer',
			'minimum' => 0,
			'default' => 0,
		);
		register_rest_route(
			REST,
			'/collections/(?P<name>members|groups|memberships|posts|friendships)',
			array(
				'methods'             => 'GET',
				'callback'            => array( __CLASS__, 'serve' ),
				'permission_callback' => array( Access::class, 'collect' ),
				'args'                => array(
					'after' => $number,
					'group' => $number,
					'owner' => array(
						'type'    => 'string',
						'pattern' => '^[a-z0-9-]{0,64}$',
						'default' => '',
					),
					'limit' => array(
						'type'    => 'integer',
						'minimum' => 1,
						'maximum' => self::MOST,
						'default' => 2000,
					),
				),
			)
		);
	}

	/**
	 * A page.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response|WP_Error
	 */
	public static function serve( WP_REST_Request $request ) {
		$name  = $request['name'];
		$needs = array(
			'groups'      => 'groups',
			'memberships' => 'groups',
			'posts'       => 'activity',
			'friendships' => 'friends',
		);
		if ( isset( $needs[ $name ] ) && ! bp_is_active( $needs[ $name ] ) ) {
			return new WP_Error( 'wpbridge_component', __( 'That component of BuddyPress is off.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		$began = microtime( true );
		$rows  = self::$name( (int) $request['after'], (int) $request['limit'], (int) $request['group'], $request['owner'] );
		$full  = count( $rows ) === (int) $request['limit'];
		return Access::unstored(
			array(
				'columns' => self::COLUMNS[ $name ],
				'rows'    => $rows,
				'next'    => $full ? $rows[ count( $rows ) - 1 ][0] : null,
				'seconds' => round( microtime( true ) - $began, 3 ),
			)
		);
	}

	/**
	 * Members, with their profiles.
	 *
	 * @param int $after The member before the first.
	 * @param int $limit How many.
	 * @return array<int, mixed[]>
	 */
	private static function members( int $after, int $limit ): array {
		global $wpdb;
		$activity = Objects::buddypress( 'bp_activity' );
		$key      = $wpdb->get_blog_prefix() . 'capabilities';
		// phpcs:disable WordPress.DB -- Whole pages at once; the tables' names are WordPress's and BuddyPress's.
		$here  = is_multisite() ? $wpdb->prepare( "AND EXISTS (SELECT 1 FROM {$wpdb->usermeta} c WHERE c.user_id = u.ID AND c.meta_key = %s)", $key ) : '';
		$users = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT u.ID, u.user_login, u.user_nicename, u.display_name, u.user_email, u.user_registered, u.user_status
				FROM {$wpdb->users} u WHERE u.ID > %d {$here} ORDER BY u.ID LIMIT %d",
				$after,
				$limit
			)
		);
		$these = self::these( 'user_id', $users, 'ID' );
		$kept  = self::pairs( $wpdb->get_results( $wpdb->prepare( "SELECT user_id AS k, meta_value AS v FROM {$wpdb->usermeta} WHERE meta_key = %s AND {$these}", $key ) ) );
		$last  = self::pairs( $wpdb->get_results( "SELECT user_id AS k, MAX(date_recorded) AS v FROM {$activity} WHERE component = 'members' AND type = 'last_activity' AND {$these} GROUP BY user_id" ) );
		// phpcs:enable
		$types    = self::terms( self::these( 'r.object_id', $users, 'ID' ), bp_get_member_type_tax_name() );
		$profiles = self::profiles( $these );
		$rows     = array();
		foreach ( $users as $user ) {
			$id     = (int) $user->ID;
			$roles  = isset( $kept[ $id ] ) ? self::unpack( $kept[ $id ] ) : array();
			$rows[] = array(
				$id,
				$user->user_login,
				$user->user_nicename,
				$user->display_name,
				$user->user_email,
				Members::zulu( $user->user_registered ),
				(int) $user->user_status,
				Members::zulu( isset( $last[ $id ] ) ? $last[ $id ] : '' ),
				array_keys( array_filter( (array) $roles ) ),
				isset( $types[ $id ] ) ? $types[ $id ] : array(),
				(object) ( isset( $profiles[ $id ] ) ? $profiles[ $id ] : array() ),
			);
		}
		return $rows;
	}

	/**
	 * Members' profile values, by member and field.
	 *
	 * @param string $these Which members, as SQL.
	 * @return array<int, array<int, mixed>>
	 */
	private static function profiles( string $these ): array {
		global $wpdb;
		if ( ! bp_is_active( 'xprofile' ) ) {
			return array();
		}
		$table = buddypress()->profile->table_name_data;
		// phpcs:ignore WordPress.DB -- Numbers, and a table's name.
		$values   = $wpdb->get_results( "SELECT user_id, field_id, value FROM {$table} WHERE {$these} ORDER BY id" );
		$profiles = array();
		foreach ( $values as $value ) {
			$profiles[ (int) $value->user_id ][ (int) $value->field_id ] = self::plain( $value->value );
		}
		return $profiles;
	}

	/**
	 * A profile value: text, or a list where several were chosen.
	 *
	 * @param string $kept As it is kept.
	 * @return string|string[]
	 */
	private static function plain( string $kept ) {
		$list = self::unpack( $kept );
		return null === $list ? wp_unslash( $kept ) : array_values( array_filter( $list, 'is_string' ) );
	}

	/**
	 * A list as WordPress and BuddyPress keep one, or null. Members write some of these, so no
	 * object is ever made of one.
	 *
	 * @param string $kept As it is kept.
	 * @return mixed[]|null
	 */
	private static function unpack( string $kept ): ?array {
		if ( 0 !== strpos( $kept, 'a:' ) || ! is_serialized( $kept ) ) {
			return null;
		}
		// phpcs:ignore WordPress.PHP -- Without classes it is harmless, and what is broken is none.
		$list = @unserialize( $kept, array( 'allowed_classes' => false ) );
		return is_array( $list ) ? $list : null;
	}

	/**
	 * Groups, with their rules.
	 *
	 * @param int $after The group before the first.
	 * @param int $limit How many.
	 * @return array<int, mixed[]>
	 */
	private static function groups( int $after, int $limit ): array {
		global $wpdb;
		$table = buddypress()->groups->table_name;
		$metas = buddypress()->groups->table_name_groupmeta;
		// phpcs:disable WordPress.DB -- Whole pages at once; the tables' names are BuddyPress's.
		$groups = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM {$table} WHERE id > %d ORDER BY id LIMIT %d", $after, $limit ) );
		$these  = self::these( 'group_id', $groups, 'id' );
		$kept   = array();
		$found  = $wpdb->get_results( $wpdb->prepare( "SELECT group_id, meta_key, meta_value FROM {$metas} WHERE meta_key IN ('last_activity', 'invite_status', %s, %s) AND {$these}", Group_Rules::POSTS, Group_Rules::CLOSED ) );
		// phpcs:enable
		foreach ( $found as $meta ) {
			$kept[ (int) $meta->group_id ][ $meta->meta_key ] = $meta->meta_value;
		}
		$types = self::terms( self::these( 'r.object_id', $groups, 'id' ), 'bp_group_type' );
		$rows  = array();
		foreach ( $groups as $group ) {
			$id     = (int) $group->id;
			$meta   = ( isset( $kept[ $id ] ) ? $kept[ $id ] : array() ) + array_fill_keys( array( 'last_activity', 'invite_status', Group_Rules::POSTS, Group_Rules::CLOSED ), '' );
			$rows[] = array(
				$id,
				$group->slug,
				wp_unslash( $group->name ),
				wp_unslash( $group->description ),
				$group->status,
				(int) $group->creator_id,
				(int) $group->parent_id,
				(bool) (int) $group->enable_forum,
				Members::zulu( $group->date_created ),
				Members::zulu( $meta['last_activity'] ),
				$meta['invite_status'] ? $meta['invite_status'] : 'members',
				$meta[ Group_Rules::POSTS ] ? $meta[ Group_Rules::POSTS ] : 'members',
				(bool) $meta[ Group_Rules::CLOSED ],
				isset( $types[ $id ] ) ? $types[ $id ] : array(),
			);
		}
		return $rows;
	}

	/**
	 * Memberships of all groups, or of one.
	 *
	 * @param int $after The membership before the first.
	 * @param int $limit How many.
	 * @param int $group The group; 0 for all.
	 * @return array<int, mixed[]>
	 */
	private static function memberships( int $after, int $limit, int $group ): array {
		global $wpdb;
		$table = buddypress()->groups->table_name_members;
		// phpcs:ignore WordPress.DB -- Whole pages at once; the table's name is BuddyPress's.
		$found = $wpdb->get_results( $wpdb->prepare( "SELECT id, group_id, user_id, is_admin, is_mod, is_banned, is_confirmed, date_modified FROM {$table} WHERE id > %d AND %d IN (0, group_id) ORDER BY id LIMIT %d", $after, $group, $limit ) );
		$rows  = array();
		foreach ( $found as $one ) {
			$role   = $one->is_banned ? 'banned' : ( $one->is_admin ? 'admin' : ( $one->is_mod ? 'mod' : 'member' ) );
			$rows[] = array( (int) $one->id, (int) $one->group_id, (int) $one->user_id, $role, Members::zulu( $one->date_modified ), (bool) (int) $one->is_confirmed );
		}
		return $rows;
	}

	/**
	 * Posts and comments with their marks; comments with them whatever the group.
	 *
	 * @param int    $after The post before the first.
	 * @param int    $limit How many.
	 * @param int    $group The group; 0 for all.
	 * @param string $owner Whose mark they bear, here or in their text; '' for any and none.
	 * @return array<int, mixed[]>
	 */
	private static function posts( int $after, int $limit, int $group, string $owner ): array {
		global $wpdb;
		$table = buddypress()->activity->table_name;
		$blog  = get_current_blog_id();
		// phpcs:disable WordPress.DB -- Whole pages at once; the table's name is BuddyPress's.
		$posts = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT a.id, a.user_id, a.component, a.type, a.item_id, a.secondary_item_id, a.date_recorded, a.hide_sitewide, a.content
				FROM {$table} a LEFT JOIN {$table} root ON a.type = 'activity_comment' AND root.id = a.item_id
				WHERE a.id > %d AND a.type IN ('activity_update', 'activity_comment') AND a.is_spam = 0
				AND (%d = 0 OR (a.component = 'groups' AND a.item_id = %d) OR (root.component = 'groups' AND root.item_id = %d))
				AND (%s = '' OR a.content LIKE %s OR a.id IN (SELECT object_id FROM {$wpdb->wpbridge_marks} WHERE blog_id = %d AND owner = %s AND gone IS NULL AND kind IN ('posts', 'comments')))
				ORDER BY a.id LIMIT %d",
				$after,
				$group,
				$group,
				$group,
				$owner,
				'%<!-- wpbridge ' . $wpdb->esc_like( $owner ) . ' %',
				$blog,
				$owner,
				$limit
			)
		);
		$these = self::these( 'object_id', $posts, 'id' );
		$found = $wpdb->get_results( $wpdb->prepare( "SELECT object_id, owner, kind, name, digest FROM {$wpdb->wpbridge_marks} WHERE blog_id = %d AND gone IS NULL AND kind IN ('posts', 'comments') AND {$these}", $blog ) );
		// phpcs:enable
		$marks = array();
		foreach ( $found as $mark ) {
			$marks[ (int) $mark->object_id ][] = array( $mark->owner, $mark->kind, $mark->name, $mark->digest );
		}
		$rows = array();
		foreach ( $posts as $post ) {
			$id     = (int) $post->id;
			$rows[] = array(
				$id,
				(int) $post->user_id,
				$post->component,
				$post->type,
				(int) $post->item_id,
				(int) $post->secondary_item_id,
				Members::zulu( $post->date_recorded ),
				(bool) (int) $post->hide_sitewide,
				wp_unslash( $post->content ),
				isset( $marks[ $id ] ) ? $marks[ $id ] : array(),
			);
		}
		return $rows;
	}

	/**
	 * Friendships.
	 *
	 * @param int $after The friendship before the first.
	 * @param int $limit How many.
	 * @return array<int, mixed[]>
	 */
	private static function friendships( int $after, int $limit ): array {
		global $wpdb;
		$table = buddypress()->friends->table_name;
		// phpcs:ignore WordPress.DB -- Whole pages at once; the table's name is BuddyPress's.
		$found = $wpdb->get_results( $wpdb->prepare( "SELECT id, initiator_user_id, friend_user_id, is_confirmed, date_created FROM {$table} WHERE id > %d ORDER BY id LIMIT %d", $after, $limit ) );
		$rows  = array();
		foreach ( $found as $one ) {
			$rows[] = array( (int) $one->id, (int) $one->initiator_user_id, (int) $one->friend_user_id, (bool) (int) $one->is_confirmed, Members::zulu( $one->date_created ) );
		}
		return $rows;
	}

	/**
	 * The types of members or groups, by their number.
	 *
	 * @param string $these    Of whom, as SQL.
	 * @param string $taxonomy Which types.
	 * @return array<int, string[]>
	 */
	private static function terms( string $these, string $taxonomy ): array {
		global $wpdb;
		// phpcs:disable WordPress.DB -- Numbers only.
		$sql   = "SELECT r.object_id, t.name FROM {$wpdb->term_relationships} r JOIN {$wpdb->term_taxonomy} x ON x.term_taxonomy_id = r.term_taxonomy_id JOIN {$wpdb->terms} t ON t.term_id = x.term_id";
		$found = $wpdb->get_results( $wpdb->prepare( "$sql WHERE x.taxonomy = %s AND {$these} ORDER BY t.name", $taxonomy ) );
		// phpcs:enable
		$types = array();
		foreach ( $found as $one ) {
			$types[ (int) $one->object_id ][] = $one->name;
		}
		return $types;
	}

	/**
	 * What finds these rows' own in another table, as SQL. Their numbers are in order and mostly
	 * close together, and a few spans of numbers are found several times faster than a long list.
	 *
	 * @param string   $column The other table's column.
	 * @param object[] $rows   The rows, by their numbers.
	 * @param string   $number Where they have them.
	 */
	private static function these( string $column, array $rows, string $number ): string {
		$spans = array();
		$at    = -1;
		foreach ( array_map( 'intval', wp_list_pluck( $rows, $number ) ) as $id ) {
			if ( $at < 0 || $id - $spans[ $at ][1] > self::GAP ) {
				$spans[ ++$at ] = array( $id, $id );
			}
			$spans[ $at ][1] = $id;
		}
		$sql = '1 = 0';
		foreach ( $spans as list( $first, $last ) ) {
			$sql .= " OR {$column} BETWEEN {$first} AND {$last}";
		}
		return "({$sql})";
	}

	/**
	 * Rows of k and v as one map.
	 *
	 * @param object[] $rows The rows.
	 * @return array<int, string>
	 */
	private static function pairs( array $rows ): array {
		return wp_list_pluck( $rows, 'v', 'k' );
	}
}
