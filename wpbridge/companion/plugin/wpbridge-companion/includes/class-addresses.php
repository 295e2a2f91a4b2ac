<?php
/**
 * The addresses of BuddyPress's pages.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Has WordPress make its rules for addresses anew when a component of BuddyPress is switched.
 * BuddyPress does so on its own settings page alone: after a switch over REST, /groups/ is
 * not found until somebody opens Settings, Permalinks.
 */
final class Addresses {

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( 'update_option_bp-active-components', array( __CLASS__, 'forget' ) );
	}

	/**
	 * Forgets the rules, which the next request makes; and once more when this request is
	 * over, as it knows nothing of the component's pages yet, should it make them.
	 */
	public static function forget(): void {
		delete_option( 'rewrite_rules' );
		if ( ! has_action( 'shutdown', array( __CLASS__, 'forget' ) ) ) {
			add_action( 'shutdown', array( __CLASS__, 'forget' ) );
		}
	}
}
