<?php
/**
 * Answers that were given, for a client that did not get them.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Keeps the answer to each call that has a key, for a day, to the same caller only.
 */
final class Answers {

	/**
	 * The answer kept under a key. Null reserves the key: the call is to be run.
	 *
	 * @param string $key    The client's key.
	 * @param string $digest What the call is.
	 * @return array<string, mixed>|WP_Error|null
	 */
	public static function take( string $key, string $digest ) {
		$kept = self::row( $key );
		if ( ! $kept && self::reserve( $key, $digest ) ) {
			return null;
		}
		$kept = $kept ? $kept : self::row( $key );
		if ( ! $kept ) {
			return new WP_Error( 'wpbridge_no_answers', __( 'The key cannot be kept, so nothing was done.', 'wpbridge-companion' ), array( 'status' => 503 ) );
		}
		if ( $digest !== $kept->request ) {
			return new WP_Error( 'wpbridge_key_used', __( 'Another call was sent under this key.', 'wpbridge-companion' ), array( 'status' => 409 ) );
		}
		if ( null === $kept->answer ) {
			return new WP_Error( 'wpbridge_unfinished', __( 'This call was begun, and its end is not known: it still runs, or was cut off.', 'wpbridge-companion' ), array( 'status' => 409 ) );
		}
		$answer             = json_decode( $kept->answer, true );
		$answer['replayed'] = true;
		return $answer;
	}

	/**
	 * Keeps an answer under the key that was reserved for it.
	 *
	 * @param string               $key    The client's key.
	 * @param array<string, mixed> $answer The answer.
	 */
	public static function keep( string $key, array $answer ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->update( $wpdb->wpbridge_answers, array( 'answer' => wp_json_encode( $answer ) ), self::where( $key ) );
	}

	/**
	 * Forgets what is older than a day.
	 */
	public static function prune(): void {
		global $wpdb;
		$day = gmdate( 'Y-m-d H:i:s', time() - DAY_IN_SECONDS );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_answers} WHERE made < %s", $day ) );
	}

	/**
	 * Takes the key; false when another process was faster.
	 *
	 * @param string $key    The client's key.
	 * @param string $digest What the call is.
	 */
	private static function reserve( string $key, string $digest ): bool {
		global $wpdb;
		$where = self::where( $key );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		return (bool) $wpdb->query(
			$wpdb->prepare(
				"INSERT IGNORE INTO {$wpdb->wpbridge_answers} (blog_id, caller, name, request, made) VALUES (%d, %d, %s, %s, %s)",
				$where['blog_id'],
				$where['caller'],
				$where['name'],
				$digest,
				gmdate( 'Y-m-d H:i:s' )
			)
		);
	}

	/**
	 * The row under a key.
	 *
	 * @param string $key The client's key.
	 */
	private static function row( string $key ): ?object {
		global $wpdb;
		$where = self::where( $key );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		return $wpdb->get_row(
			$wpdb->prepare(
				"SELECT request, answer FROM {$wpdb->wpbridge_answers} WHERE blog_id = %d AND caller = %d AND name = %s",
				$where['blog_id'],
				$where['caller'],
				$where['name']
			)
		);
	}

	/**
	 * What finds a row: keys of different callers never meet.
	 *
	 * @param string $key The client's key.
	 * @return array{blog_id: int, caller: int, name: string}
	 */
	private static function where( string $key ): array {
		return array(
			'blog_id' => get_current_blog_id(),
			'caller'  => get_current_user_id(),
			'name'    => hash( 'sha256', $key ),
		);
	}
}
