<?php
/**
 * What is switched on.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Four switches, all off until an administrator turns them. A constant beats the page:
 * define( 'WPBRIDGE_COMPANION_ACTING', true ) and so on.
 */
final class Settings {

	public const OPTION = 'wpbridge_companion';

	public const SWITCHES = array( 'acting', 'cookies', 'quiet', 'dates' );

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( 'admin_init', array( __CLASS__, 'register' ) );
	}

	/**
	 * Makes the option known, with how it is cleaned. It is in no REST answer.
	 */
	public static function register(): void {
		register_setting(
			self::OPTION,
			self::OPTION,
			array(
				'type'              => 'object',
				'show_in_rest'      => false,
				'sanitize_callback' => array( __CLASS__, 'clean' ),
			)
		);
	}

	/**
	 * Whether a switch is on.
	 *
	 * @param string $name One of SWITCHES.
	 */
	public static function on( string $name ): bool {
		$fixed = self::fixed( $name );
		if ( null !== $fixed ) {
			return $fixed;
		}
		$kept = self::kept();
		return ! empty( $kept[ $name ] );
	}

	/**
	 * What a constant says of a switch, or null.
	 *
	 * @param string $name One of SWITCHES.
	 */
	public static function fixed( string $name ): ?bool {
		$constant = 'WPBRIDGE_COMPANION_' . strtoupper( $name );
		return defined( $constant ) ? (bool) constant( $constant ) : null;
	}

	/**
	 * What the page kept.
	 *
	 * @return array<string, bool>
	 */
	public static function kept(): array {
		$kept = bp_is_network_activated() ? get_site_option( self::OPTION, array() ) : get_option( self::OPTION, array() );
		return is_array( $kept ) ? $kept : array();
	}

	/**
	 * Keeps what the page sent.
	 *
	 * @param mixed $sent The form's boxes.
	 */
	public static function keep( $sent ): void {
		if ( bp_is_network_activated() ) {
			update_site_option( self::OPTION, self::clean( $sent ) );
			return;
		}
		update_option( self::OPTION, self::clean( $sent ), true );
	}

	/**
	 * Nothing but the switches, and each true or false.
	 *
	 * @param mixed $sent The form's boxes.
	 * @return array<string, bool>
	 */
	public static function clean( $sent ): array {
		$clean = array();
		foreach ( self::SWITCHES as $name ) {
			$clean[ $name ] = is_array( $sent ) && ! empty( $sent[ $name ] );
		}
		return $clean;
	}
}
