<?php
/**
 * Marks: which blueprint owns what, under which key, and what was last sent.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * POST wpbridge/v1/marks.
 *
 * Sends any of
 *   set:    [{owner, kind, name, id or pair, digest}, ...]
 *   remove: [{owner, kind, name}, ...]
 *   find:   [{owner, kind, names, ids}, ...], each part but one optional; after: number
 * in that order, and answers {set, refused: [{at, code}], removed, found: [{owner, kind, name,
 * id, digest, exists}], next}. A pair is [group, member], [member, member] or [field, member],
 * where the row itself has no number in the API.
 *
 * They are in a table of their own: memberships and friendships have no meta, no other table
 * finds by value, and nothing that shows meta shows these.
 */
final class Marks {

	public const MOST = 2000;

	private const DAYS_AFTER = 30;

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( 'bp_activity_deleted_activities', array( __CLASS__, 'activities_deleted' ) );
		$hooks = array(
			'groups_delete_group'        => array( 'groups', 'group-avatars', 'group-covers' ),
			'friends_friendship_deleted' => array( 'friendships' ),
			'deleted_user'               => array( 'members', 'typings', 'member-avatars', 'member-covers' ),
			'deleted_post'               => array( 'pages' ),
		);
		foreach ( $hooks as $hook => $kinds ) {
			add_action(
				$hook,
				static function ( $id ) use ( $kinds ) {
					self::gone( $kinds, array( (int) $id ) );
				}
			);
		}
		add_action( 'xprofile_field_after_delete', array( __CLASS__, 'field_deleted' ) );
		add_action( 'xprofile_group_after_delete', array( __CLASS__, 'profile_group_deleted' ) );
	}

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		$list = array(
			'type'     => 'array',
			'maxItems' => self::MOST,
			'items'    => array( 'type' => 'object' ),
			'default'  => array(),
		);
		register_rest_route(
			REST,
			'/marks',
			array(
				'methods'             => 'POST',
				'callback'            => array( __CLASS__, 'serve' ),
				'permission_callback' => array( Access::class, 'moderate' ),
				'args'                => array(
					'set'    => $list,
					'remove' => $list,
					'find'   => $list,
					'after'  => array(
						'type'    => 'integer',
						'minimum' => 0,
						'default' => 0,
					),
				),
			)
		);
	}

	/**
	 * Sets, removes, finds.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return WP_REST_Response|WP_Error
	 */
	public static function serve( WP_REST_Request $request ) {
		foreach ( array( 'set', 'remove', 'find' ) as $part ) {
			foreach ( $request[ $part ] as $at => $entry ) {
				if ( ! self::sound( $part, $entry ) ) {
					/* translators: 1: a word of the request, 2: a place in its list. */
					return new WP_Error( 'wpbridge_mark', sprintf( __( 'Not a mark: %1$s[%2$d].', 'wpbridge-companion' ), $part, $at ), array( 'status' => 400 ) );
				}
			}
		}
		$refused = array();
		$set     = self::set( $request['set'], $refused );
		$removed = self::remove( $request['remove'] );
		$rows    = self::find( $request['find'], $request['after'] );
		$next    = count( $rows ) > self::MOST ? (int) $rows[ self::MOST - 1 ]->id : null;
		$found   = self::tell( array_slice( $rows, 0, self::MOST ) );
		return Access::unstored( compact( 'set', 'refused', 'removed', 'found', 'next' ) );
	}

	/**
	 * Whether an entry says what it must, and nothing else.
	 *
	 * @param string $part  The word of the request: set, remove or find.
	 * @param mixed  $entry The entry.
	 */
	private static function sound( string $part, $entry ): bool {
		$words = array(
			'set'    => array( 'owner', 'kind', 'name', 'id', 'pair', 'digest' ),
			'remove' => array( 'owner', 'kind', 'name' ),
			'find'   => array( 'owner', 'kind', 'names', 'ids' ),
		);
		if ( ! is_array( $entry ) || array_diff( array_keys( $entry ), $words[ $part ] ) ) {
			return false;
		}
		if ( 'find' === $part ) {
			return $entry && self::sound_search( $entry );
		}
		$named = isset( $entry['owner'], $entry['kind'], $entry['name'] ) && self::sound_words( $entry );
		return $named && ( 'remove' === $part || self::sound_target( $entry ) );
	}

	/**
	 * Whether owner, kind, name and digest are what they may be.
	 *
	 * @param array<string, mixed> $entry The entry.
	 */
	private static function sound_words( array $entry ): bool {
		$forms = array(
			'owner'  => '/^[a-z0-9-]{0,64}$/D',
			'kind'   => '/^[a-z]+(-[a-z]+)*$/D',
			'name'   => '/^[^\x00-\x1f]{1,150}$/Du',
			'digest' => '/^[A-Za-z0-9:+\/=_-]{0,64}$/D',
		);
		foreach ( $forms as $word => $form ) {
			if ( isset( $entry[ $word ] ) && ! ( is_string( $entry[ $word ] ) && preg_match( $form, $entry[ $word ] ) ) ) {
				return false;
			}
		}
		return ! isset( $entry['kind'] ) || Objects::known( $entry['kind'] );
	}

	/**
	 * Whether an entry says what it marks: a number, or a pair of them.
	 *
	 * @param array<string, mixed> $entry The entry.
	 */
	private static function sound_target( array $entry ): bool {
		if ( isset( $entry['id'] ) === isset( $entry['pair'] ) ) {
			return false;
		}
		if ( isset( $entry['id'] ) ) {
			return self::numbers( array( $entry['id'] ) );
		}
		$pair = $entry['pair'];
		return Objects::pairs( $entry['kind'] ) && is_array( $pair ) && array( 0, 1 ) === array_keys( $pair ) && self::numbers( $pair );
	}

	/**
	 * Whether a search is one.
	 *
	 * @param array<string, mixed> $entry The entry.
	 */
	private static function sound_search( array $entry ): bool {
		foreach ( array( 'names', 'ids' ) as $word ) {
			if ( isset( $entry[ $word ] ) && ( ! is_array( $entry[ $word ] ) || ! $entry[ $word ] || count( $entry[ $word ] ) > self::MOST ) ) {
				return false;
			}
		}
		if ( isset( $entry['names'] ) && array_filter( $entry['names'], 'is_string' ) !== $entry['names'] ) {
			return false;
		}
		return self::sound_words( $entry ) && ( ! isset( $entry['ids'] ) || self::numbers( $entry['ids'] ) );
	}

	/**
	 * Whether all are whole numbers above zero.
	 *
	 * @param mixed[] $values The values.
	 */
	private static function numbers( array $values ): bool {
		foreach ( $values as $value ) {
			if ( ! is_int( $value ) || $value < 1 ) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Writes marks on what exists.
	 *
	 * @param array<int, array<string, mixed>> $entries What to set.
	 * @param array<int, array<string, mixed>> $refused Which of them could not be.
	 * @return int How many were.
	 */
	public static function set( array $entries, array &$refused ): int {
		global $wpdb;
		$entries = Objects::resolve( $entries );
		$values  = array();
		foreach ( $entries as $at => $entry ) {
			if ( ! $entry['id'] ) {
				$refused[] = array(
					'at'   => $at,
					'code' => 'wpbridge_no_such_object',
				);
				continue;
			}
			$digest   = isset( $entry['digest'] ) ? $entry['digest'] : '';
			$values[] = $wpdb->prepare( '(%d, %s, %s, %s, %d, %s)', get_current_blog_id(), $entry['owner'], $entry['kind'], $entry['name'], $entry['id'], $digest );
		}
		if ( $values ) {
			// REPLACE, since both the name and the object may have had another mark of this owner.
			// phpcs:ignore WordPress.DB -- An own table; each row was prepared above.
			$wpdb->query( "REPLACE INTO {$wpdb->wpbridge_marks} (blog_id, owner, kind, name, object_id, digest) VALUES " . implode( ', ', $values ) );
		}
		return count( $values );
	}

	/**
	 * Takes marks off.
	 *
	 * @param array<int, array<string, string>> $entries Which.
	 * @return int How many there were.
	 */
	private static function remove( array $entries ): int {
		global $wpdb;
		$searches = array();
		foreach ( $entries as $entry ) {
			$of = "{$entry['owner']} {$entry['kind']}";

			$searches[ $of ]['owner']   = $entry['owner'];
			$searches[ $of ]['kind']    = $entry['kind'];
			$searches[ $of ]['names'][] = $entry['name'];
		}
		if ( ! $searches ) {
			return 0;
		}
		// phpcs:ignore WordPress.DB -- An own table; each condition was prepared.
		return (int) $wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_marks} WHERE blog_id = %d", get_current_blog_id() ) . ' AND ((' . implode( ') OR (', array_map( array( __CLASS__, 'condition' ), $searches ) ) . '))' );
	}

	/**
	 * The rows that any of the searches finds, and one more than are told at once.
	 *
	 * @param array<int, array<string, mixed>> $searches The searches.
	 * @param int                              $after    The row before the first.
	 * @return object[]
	 */
	private static function find( array $searches, int $after ): array {
		global $wpdb;
		if ( ! $searches ) {
			return array();
		}
		$any = implode( ') OR (', array_map( array( __CLASS__, 'condition' ), $searches ) );
		// phpcs:disable WordPress.DB -- An own table; each condition was prepared.
		$sql = $wpdb->prepare( "SELECT * FROM {$wpdb->wpbridge_marks} WHERE blog_id = %d AND id > %d", get_current_blog_id(), $after );
		return $wpdb->get_results( "$sql AND (($any)) ORDER BY id LIMIT " . ( self::MOST + 1 ) );
		// phpcs:enable
	}

	/**
	 * One search as SQL.
	 *
	 * @param array<string, mixed> $search The search.
	 */
	private static function condition( array $search ): string {
		global $wpdb;
		$parts = array();
		foreach ( array( 'owner', 'kind' ) as $word ) {
			if ( isset( $search[ $word ] ) ) {
				$parts[] = $wpdb->prepare( "$word = %s", $search[ $word ] ); // phpcs:ignore WordPress.DB -- One of two words.
			}
		}
		if ( isset( $search['names'] ) ) {
			$places  = implode( ', ', array_fill( 0, count( $search['names'] ), '%s' ) );
			$parts[] = $wpdb->prepare( "name IN ($places)", $search['names'] ); // phpcs:ignore WordPress.DB -- Places only.
		}
		if ( isset( $search['ids'] ) ) {
			$parts[] = 'object_id IN (' . implode( ', ', array_map( 'intval', $search['ids'] ) ) . ')';
		}
		return implode( ' AND ', $parts );
	}

	/**
	 * Rows as the client reads them. What is gone stays told for a month, so that a blueprint
	 * can see that somebody left or a moderator deleted something.
	 *
	 * @param object[] $rows The rows.
	 * @return array<int, array<string, mixed>>
	 */
	private static function tell( array $rows ): array {
		$there = Objects::there( $rows );
		$told  = array();
		foreach ( $rows as $row ) {
			$told[] = array(
				'owner'  => $row->owner,
				'kind'   => $row->kind,
				'name'   => $row->name,
				'id'     => (int) $row->object_id,
				'digest' => $row->digest,
				'exists' => null === $row->gone && isset( $there[ $row->kind ][ (int) $row->object_id ] ),
			);
		}
		return $told;
	}

	/**
	 * The object under a mark, 0 without one.
	 *
	 * @param string $owner Whose.
	 * @param string $kind  Its kind.
	 * @param string $name  Its key.
	 */
	public static function object_of( string $owner, string $kind, string $name ): int {
		$rows = self::find(
			array(
				array(
					'owner' => $owner,
					'kind'  => $kind,
					'names' => array( $name ),
				),
			),
			0
		);
		$told = self::tell( $rows );
		return $told && $told[0]['exists'] ? $told[0]['id'] : 0;
	}

	/**
	 * Notes that objects are gone; their numbers may be given away again.
	 *
	 * @param string[] $kinds The kinds that mark them.
	 * @param int[]    $ids   Their numbers.
	 */
	public static function gone( array $kinds, array $ids ): void {
		global $wpdb;
		if ( ! $ids ) {
			return;
		}
		$kinds = implode( ', ', array_map( array( __CLASS__, 'quote' ), $kinds ) );
		$ids   = implode( ', ', array_map( 'intval', $ids ) );
		// phpcs:ignore WordPress.DB -- An own table; numbers and our own words.
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->wpbridge_marks} SET gone = %s WHERE gone IS NULL AND kind IN ($kinds) AND object_id IN ($ids)", gmdate( 'Y-m-d H:i:s' ) ) );
	}

	/**
	 * A word of ours as SQL.
	 *
	 * @param string $word The word.
	 */
	private static function quote( string $word ): string {
		global $wpdb;
		return $wpdb->prepare( '%s', $word );
	}

	/**
	 * On bp_activity_deleted_activities.
	 *
	 * @param mixed $ids Which were deleted.
	 */
	public static function activities_deleted( $ids ): void {
		self::gone( array( 'posts', 'comments' ), wp_parse_id_list( $ids ) );
	}

	/**
	 * On xprofile_field_after_delete.
	 *
	 * @param object $field The field.
	 */
	public static function field_deleted( $field ): void {
		self::gone( array( 'profile-fields' ), array( (int) $field->id ) );
	}

	/**
	 * On xprofile_group_after_delete.
	 *
	 * @param object $group The group of fields.
	 */
	public static function profile_group_deleted( $group ): void {
		self::gone( array( 'profile-groups' ), array( (int) $group->id ) );
	}

	/**
	 * Notes what is gone without a hook having said so, and forgets what is gone for a month;
	 * but not what was posted: what a moderator deleted is never to be posted again.
	 */
	public static function prune(): void {
		global $wpdb;
		foreach ( Objects::kinds() as $kind ) {
			$table = Objects::table( $kind );
			$id    = Objects::column( $kind );
			if ( '' === $table ) {
				continue;
			}
			// phpcs:ignore WordPress.DB -- Names of tables; no value from outside.
			$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->wpbridge_marks} m LEFT JOIN {$table} o ON o.{$id} = m.object_id SET m.gone = %s WHERE m.gone IS NULL AND m.kind = %s AND m.blog_id = %d AND o.{$id} IS NULL", gmdate( 'Y-m-d H:i:s' ), $kind, get_current_blog_id() ) );
		}
		$old = gmdate( 'Y-m-d H:i:s', time() - self::DAYS_AFTER * DAY_IN_SECONDS );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_marks} WHERE gone < %s AND kind NOT IN ('posts', 'comments')", $old ) );
	}
}
