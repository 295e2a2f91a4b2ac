<?php
/**
 * What can be marked, and where it is kept.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Knows each kind's table, and looks many of them up at once.
 */
final class Objects {

	/**
	 * Kinds in BuddyPress's tables. A third and fourth word make the pair that finds a row.
	 */
	private const BUDDYPRESS = array(
		'groups'         => array( 'bp_groups', 'id' ),
		'group-avatars'  => array( 'bp_groups', 'id' ),
		'group-covers'   => array( 'bp_groups', 'id' ),
		'memberships'    => array( 'bp_groups_members', 'id', 'group_id', 'user_id' ),
		'friendships'    => array( 'bp_friends', 'id', 'initiator_user_id', 'friend_user_id' ),
		'posts'          => array( 'bp_activity', 'id' ),
		'comments'       => array( 'bp_activity', 'id' ),
		'messages'       => array( 'bp_messages_messages', 'id' ),
		'notices'        => array( 'bp_messages_notices', 'id' ),
		'invites'        => array( 'bp_invitations', 'id' ),
		'requests'       => array( 'bp_invitations', 'id' ),
		'profile-groups' => array( 'bp_xprofile_groups', 'id' ),
		'profile-fields' => array( 'bp_xprofile_fields', 'id' ),
		'profile-values' => array( 'bp_xprofile_data', 'id', 'field_id', 'user_id' ),
	);

	/**
	 * Kinds in WordPress's tables.
	 */
	private const WORDPRESS = array(
		'members'        => array( 'users', 'ID' ),
		'typings'        => array( 'users', 'ID' ),
		'member-avatars' => array( 'users', 'ID' ),
		'member-covers'  => array( 'users', 'ID' ),
		'pages'          => array( 'posts', 'ID' ),
		'member-types'   => array( 'terms', 'term_id' ),
		'group-types'    => array( 'terms', 'term_id' ),
	);

	/**
	 * BuddyPress's tables that were seen, in small letters; asked for once a request.
	 *
	 * @var array<string, true>
	 */
	private static $tables = array();

	/**
	 * Every kind.
	 *
	 * @return string[]
	 */
	public static function kinds(): array {
		return array_keys( self::BUDDYPRESS + self::WORDPRESS );
	}

	/**
	 * Whether it is a kind of ours.
	 *
	 * @param string $kind The kind.
	 */
	public static function known( string $kind ): bool {
		return isset( self::BUDDYPRESS[ $kind ] ) || isset( self::WORDPRESS[ $kind ] );
	}

	/**
	 * A kind's table; '' where its component was never on.
	 *
	 * @param string $kind The kind.
	 */
	public static function table( string $kind ): string {
		global $wpdb;
		if ( isset( self::WORDPRESS[ $kind ] ) ) {
			return $wpdb->{ self::WORDPRESS[ $kind ][0] };
		}
		$table = self::buddypress( self::BUDDYPRESS[ $kind ][0] );
		$name  = strtolower( $table ); // Some databases say it so, whatever the prefix is.
		if ( ! isset( self::$tables[ $name ] ) ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WordPress has no function for it.
			$tables        = $wpdb->get_col( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( self::buddypress( 'bp_' ) ) . '%' ) );
			self::$tables += array_fill_keys( array_map( 'strtolower', $tables ), true );
		}
		return isset( self::$tables[ $name ] ) ? $table : '';
	}

	/**
	 * A table of BuddyPress's, with its prefix.
	 *
	 * @param string $name Its name without.
	 */
	public static function buddypress( string $name ): string {
		return bp_core_get_table_prefix() . $name;
	}

	/**
	 * The column that numbers a kind's rows.
	 *
	 * @param string $kind The kind.
	 */
	public static function column( string $kind ): string {
		$kinds = self::BUDDYPRESS + self::WORDPRESS;
		return $kinds[ $kind ][1];
	}

	/**
	 * Whether a kind's rows are found by a pair.
	 *
	 * @param string $kind The kind.
	 */
	public static function pairs( string $kind ): bool {
		return isset( self::BUDDYPRESS[ $kind ][3] );
	}

	/**
	 * Puts to each entry the number of what it marks; 0 where that is not there.
	 *
	 * @param array<int, array<string, mixed>> $entries Entries with kind, and id or pair.
	 * @return array<int, array<string, mixed>>
	 */
	public static function resolve( array $entries ): array {
		$paired   = array();
		$numbered = array();
		foreach ( $entries as $at => $entry ) {
			if ( isset( $entry['pair'] ) ) {
				$paired[ $entry['kind'] ][ $at ] = $entry['pair'];
			} else {
				$numbered[] = (object) array(
					'kind'      => $entry['kind'],
					'object_id' => $entry['id'],
				);
			}
		}
		$there = self::there( $numbered );
		foreach ( $entries as $at => $entry ) {
			if ( ! isset( $entry['pair'] ) && ! isset( $there[ $entry['kind'] ][ $entry['id'] ] ) ) {
				$entries[ $at ]['id'] = 0;
			}
		}
		foreach ( $paired as $kind => $pairs ) {
			foreach ( self::rows( $kind, $pairs ) as $at => $id ) {
				$entries[ $at ]['id'] = $id;
			}
		}
		return $entries;
	}

	/**
	 * The rows of pairs, by their places; the older one where there are two, 0 where there is
	 * none. A friendship has no direction.
	 *
	 * @param string            $kind  The kind.
	 * @param array<int, int[]> $pairs The pairs.
	 * @return array<int, int>
	 */
	private static function rows( string $kind, array $pairs ): array {
		$either = 'friendships' === $kind;
		$found  = self::found( $kind, $either ? array_merge( $pairs, array_map( 'array_reverse', $pairs ) ) : $pairs );
		$rows   = array();
		foreach ( $pairs as $at => list( $one, $two ) ) {
			$rows[ $at ] = isset( $found[ $one ][ $two ] ) ? $found[ $one ][ $two ] : 0;
			if ( ! $rows[ $at ] && $either && isset( $found[ $two ][ $one ] ) ) {
				$rows[ $at ] = $found[ $two ][ $one ];
			}
		}
		return $rows;
	}

	/**
	 * The oldest row of each pair that there is, as said: one number to the other to the row.
	 *
	 * @param string            $kind  The kind.
	 * @param array<int, int[]> $pairs The pairs.
	 * @return array<int, array<int, int>>
	 */
	private static function found( string $kind, array $pairs ): array {
		global $wpdb;
		$table = self::table( $kind );
		if ( '' === $table ) {
			return array();
		}
		list( , , $one, $two ) = self::BUDDYPRESS[ $kind ];

		$firsts = array();
		foreach ( $pairs as $pair ) {
			$firsts[ (int) $pair[0] ][] = (int) $pair[1];
		}
		$any = array();
		foreach ( $firsts as $first => $seconds ) {
			$any[] = "{$one} = {$first} AND {$two} IN (" . implode( ', ', $seconds ) . ')';
		}
		// phpcs:ignore WordPress.DB -- Names of tables and columns, and numbers.
		$rows  = $wpdb->get_results( "SELECT MIN(id), {$one}, {$two} FROM {$table} WHERE (" . implode( ') OR (', $any ) . ") GROUP BY {$one}, {$two}", ARRAY_N );
		$found = array();
		foreach ( $rows as list( $id, $first, $second ) ) {
			$found[ (int) $first ][ (int) $second ] = (int) $id;
		}
		return $found;
	}

	/**
	 * Which of these exist: kind to number to true.
	 *
	 * @param object[] $rows Each with a kind and an object_id.
	 * @return array<string, array<int, true>>
	 */
	public static function there( array $rows ): array {
		global $wpdb;
		$wanted = array();
		foreach ( $rows as $row ) {
			$wanted[ $row->kind ][] = (int) $row->object_id;
		}
		$there = array();
		foreach ( $wanted as $kind => $ids ) {
			$table = self::table( $kind );
			$id    = self::column( $kind );
			$list  = implode( ', ', $ids );
			// phpcs:ignore WordPress.DB -- A table's and a column's name, and numbers.
			$found          = $table ? $wpdb->get_col( "SELECT {$id} FROM {$table} WHERE {$id} IN ({$list})" ) : array();
			$there[ $kind ] = array_fill_keys( array_map( 'intval', $found ), true );
		}
		return $there;
	}
}
