<?php
/**
 * The plugin's beginning: which files there are, and when they begin.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Starts what is needed, once BuddyPress is there.
 */
final class Plugin {

	/**
	 * What hooks into WordPress as soon as BuddyPress is loaded.
	 */
	private const PARTS = array(
		Settings::class,
		Acting::class,
		Dates::class,
		Quiet::class,
		Moderation::class,
		Passwords::class,
		Welcome::class,
		Group_Rules::class,
		Marks::class,
		Queue::class,
		Addresses::class,
		Upkeep::class,
		Privacy::class,
		Settings_Page::class,
	);

	/**
	 * What answers requests.
	 */
	private const ROUTES = array(
		Status::class,
		Calls::class,
		Marks::class,
		Types::class,
		Groups::class,
		Members::class,
		Profiles::class,
		Friendships::class,
		Favourites::class,
		Options::class,
		Queue::class,
		Collections::class,
		Lease::class,
	);

	/**
	 * Finds a class's file: class-group-rules.php holds Group_Rules.
	 *
	 * @param string $name A class's full name.
	 */
	public static function load( string $name ): void {
		if ( 0 !== strpos( $name, __NAMESPACE__ . '\\' ) ) {
			return;
		}
		$short = substr( $name, strlen( __NAMESPACE__ ) + 1 );
		if ( ! preg_match( '/^[A-Za-z_]+$/D', $short ) ) {
			return;
		}
		$file = __DIR__ . '/class-' . str_replace( '_', '-', strtolower( $short ) ) . '.php';
		if ( is_readable( $file ) ) {
			require_once $file;
		}
	}

	/**
	 * Hooks in. The login is followed from the beginning; the rest waits for BuddyPress.
	 */
	public static function start(): void {
		Tables::name_them();
		Login::hook();
		register_activation_hook( FILE, array( Upkeep::class, 'activate' ) );
		register_deactivation_hook( FILE, array( Upkeep::class, 'deactivate' ) );
		add_action( 'bp_loaded', array( __CLASS__, 'hook' ), 20 );
		add_action( 'rest_api_init', array( __CLASS__, 'routes' ) );
	}

	/**
	 * Starts every part; on bp_loaded, so never without BuddyPress.
	 */
	public static function hook(): void {
		foreach ( self::PARTS as $part ) {
			$part::hook();
		}
	}

	/**
	 * Registers every route, where BuddyPress runs.
	 */
	public static function routes(): void {
		if ( ! did_action( 'bp_loaded' ) ) {
			return;
		}
		foreach ( self::ROUTES as $part ) {
			$part::routes();
		}
	}
}
