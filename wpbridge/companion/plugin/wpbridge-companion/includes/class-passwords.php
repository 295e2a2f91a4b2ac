<?php
/**
 * New members without a password.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Gives a new account a hash that no password opens; a link to set one does.
 *
 * Passwords of more than 4096 characters are refused by wp_hash_password(), which answers '*'
 * at once, on every version of WordPress. So the account is made with such a one, and the '*' becomes
 * '!' and something random. Nothing else comes out as '*', hence no other account's password
 * is ever hashed for less than its full cost.
 */
final class Passwords {

	public const WORD = 'password';

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_filter( 'wp_pre_insert_user_data', array( __CLASS__, 'lock' ), PHP_INT_MAX );
		add_filter( 'send_password_change_email', array( __CLASS__, 'tell' ), 10, 2 );
	}

	/**
	 * Reads a call's "password".
	 *
	 * @param mixed $wanted What the client sent: "none".
	 * @param Call  $call   The call.
	 * @return bool|WP_Error
	 */
	public static function read( $wanted, Call $call ) {
		$creates = 'POST' === $call->method && preg_match( '#^/(wp/v2/users|buddypress/v[12]/members)$#D', $call->route );
		if ( 'none' !== $wanted || ! $creates || isset( $call->body['password'] ) || isset( $call->query['password'] ) ) {
			return Call::wrong( 'password', __( 'Password is "none", where a member is made without one.', 'wpbridge-companion' ) );
		}
		$call->body['password'] = bin2hex( random_bytes( 2049 ) );
		return true;
	}

	/**
	 * Puts a hash that nothing opens where WordPress put '*'.
	 *
	 * @param array<string, mixed> $data The row of the user.
	 * @return array<string, mixed>
	 */
	public static function lock( $data ) {
		if ( Scope::wants( self::WORD ) && isset( $data['user_pass'] ) && '*' === $data['user_pass'] ) {
			$data['user_pass'] = '!' . bin2hex( random_bytes( 32 ) );
		}
		return $data;
	}

	/**
	 * Mails nobody about the password they never had: in a network, WordPress makes the user and then updates it.
	 *
	 * @param bool                 $send Whether to.
	 * @param array<string, mixed> $user The user as they were.
	 */
	public static function tell( $send, $user = array() ) {
		$locked = isset( $user['user_pass'] ) && 0 === strpos( $user['user_pass'], '!' );
		return $locked && Scope::wants( self::WORD ) ? false : $send;
	}
}
