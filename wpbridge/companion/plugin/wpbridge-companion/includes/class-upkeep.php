<?php
/**
 * What the plugin keeps, and for how long.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Makes the tables, forgets what is old every day, and everything when told to.
 */
final class Upkeep {

	public const HOOK = 'wpbridge_companion_daily';

	public const USED = 'wpbridge_companion_used';

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( 'init', array( Tables::class, 'make' ) );
		add_action( 'init', array( __CLASS__, 'schedule' ) );
		add_action( self::HOOK, array( __CLASS__, 'prune' ) );
	}

	/**
	 * On activation.
	 */
	public static function activate(): void {
		Tables::make();
		self::schedule();
	}

	/**
	 * On deactivation: no cron is left behind, the tables stay until the plugin is deleted.
	 */
	public static function deactivate(): void {
		wp_clear_scheduled_hook( self::HOOK );
		wp_clear_scheduled_hook( Queue::HOOK );
	}

	/**
	 * Asks for a visit every day.
	 */
	public static function schedule(): void {
		if ( ! wp_next_scheduled( self::HOOK ) ) {
			wp_schedule_event( time() + HOUR_IN_SECONDS, 'daily', self::HOOK );
		}
	}

	/**
	 * Forgets what is old, and looks after the queue, should its own event have been lost.
	 */
	public static function prune(): void {
		Answers::prune();
		Log::prune();
		Marks::prune();
		Queue::prune();
		Queue::schedule();
	}

	/**
	 * Notes who called, when, and how much.
	 *
	 * @param int $user  Who.
	 * @param int $calls How many calls.
	 */
	public static function used( int $user, int $calls ): void {
		$used = self::users();
		$one  = isset( $used[ $user ] ) ? $used[ $user ] : array(
			'first' => time(),
			'calls' => 0,
		);

		$used[ $user ] = array(
			'last'  => time(),
			'calls' => $one['calls'] + $calls,
		) + $one;
		update_site_option( self::USED, $used );
	}

	/**
	 * Who called.
	 *
	 * @return array<int, array{first: int, last: int, calls: int}>
	 */
	public static function users(): array {
		$used = get_site_option( self::USED, array() );
		return is_array( $used ) ? $used : array();
	}

	/**
	 * Forgets everything but the switches: marks, kept answers, the queue, the log, the rules of groups.
	 */
	public static function clear(): void {
		Tables::clear();
		delete_site_option( self::USED );
		wp_clear_scheduled_hook( Queue::HOOK );
		if ( bp_is_active( 'groups' ) ) {
			groups_delete_groupmeta( 0, Group_Rules::POSTS, false, true );
			groups_delete_groupmeta( 0, Group_Rules::CLOSED, false, true );
		}
	}
}
