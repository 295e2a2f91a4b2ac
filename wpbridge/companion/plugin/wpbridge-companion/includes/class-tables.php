<?php
/**
 * The plugin's own tables.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Makes, names, empties and drops them. One set a network; each row says its blog.
 */
final class Tables {

	/**
	 * Raised with every change below.
	 */
	private const LAYOUT = 1;

	public const OPTION = 'wpbridge_companion_layout';

	public const NAMES = array( 'marks', 'answers', 'log', 'queue' );

	/**
	 * Puts the names on $wpdb, where WordPress keeps those of its own.
	 */
	public static function name_them(): void {
		global $wpdb;
		foreach ( self::NAMES as $name ) {
			$property        = 'wpbridge_' . $name;
			$wpdb->$property = $wpdb->base_prefix . $property;
		}
	}

	/**
	 * Makes the tables, or brings them up to date.
	 */
	public static function make(): void {
		if ( self::LAYOUT === (int) get_site_option( self::OPTION ) ) {
			return;
		}
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		foreach ( self::layout() as $sql ) {
			dbDelta( $sql );
		}
		update_site_option( self::OPTION, self::LAYOUT );
	}

	/**
	 * Forgets every row.
	 */
	public static function clear(): void {
		global $wpdb;
		foreach ( self::NAMES as $name ) {
			$table = $wpdb->{ 'wpbridge_' . $name };
			// phpcs:ignore WordPress.DB -- The name is made above, of nothing from outside.
			$wpdb->query( "DELETE FROM `$table`" );
		}
	}

	/**
	 * How many rows each table has.
	 *
	 * @return array<string, int>
	 */
	public static function counts(): array {
		global $wpdb;
		$counts = array();
		foreach ( self::NAMES as $name ) {
			$table = $wpdb->{ 'wpbridge_' . $name };
			// phpcs:ignore WordPress.DB -- The name is made above, of nothing from outside.
			$counts[ $name ] = (int) $wpdb->get_var( "SELECT COUNT(*) FROM `$table`" );
		}
		return $counts;
	}

	/**
	 * The tables as dbDelta() wants them told.
	 *
	 * @return string[]
	 */
	private static function layout(): array {
		global $wpdb;
		$charset = $wpdb->get_charset_collate();
		return array(
			"CREATE TABLE {$wpdb->wpbridge_marks} (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				blog_id bigint(20) unsigned NOT NULL,
				owner varchar(64) NOT NULL DEFAULT '',
				kind varchar(32) NOT NULL,
				name varchar(150) NOT NULL,
				object_id bigint(20) unsigned NOT NULL,
				digest varchar(64) NOT NULL DEFAULT '',
				gone datetime DEFAULT NULL,
				PRIMARY KEY  (id),
				UNIQUE KEY by_name (blog_id,owner,kind,name),
				UNIQUE KEY by_object (blog_id,owner,kind,object_id),
				KEY objects (kind,object_id)
			) $charset;",
			"CREATE TABLE {$wpdb->wpbridge_answers} (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				blog_id bigint(20) unsigned NOT NULL,
				caller bigint(20) unsigned NOT NULL,
				name char(64) NOT NULL,
				request char(64) NOT NULL,
				answer longtext,
				made datetime NOT NULL,
				PRIMARY KEY  (id),
				UNIQUE KEY by_name (blog_id,caller,name),
				KEY made (made)
			) $charset;",
			"CREATE TABLE {$wpdb->wpbridge_log} (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				blog_id bigint(20) unsigned NOT NULL,
				caller bigint(20) unsigned NOT NULL,
				password varchar(36) NOT NULL DEFAULT '',
				member bigint(20) unsigned NOT NULL,
				method varchar(8) NOT NULL,
				route varchar(191) NOT NULL,
				object_id bigint(20) unsigned NOT NULL DEFAULT 0,
				status smallint(5) unsigned NOT NULL DEFAULT 0,
				made datetime NOT NULL,
				PRIMARY KEY  (id),
				KEY made (made),
				KEY member (member),
				KEY caller (caller)
			) $charset;",
			"CREATE TABLE {$wpdb->wpbridge_queue} (
				id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
				blog_id bigint(20) unsigned NOT NULL,
				owner varchar(64) NOT NULL DEFAULT '',
				kind varchar(32) NOT NULL,
				name varchar(150) NOT NULL,
				caller bigint(20) unsigned NOT NULL,
				password varchar(36) NOT NULL DEFAULT '',
				author bigint(20) unsigned NOT NULL,
				body longtext NOT NULL,
				digest varchar(64) NOT NULL DEFAULT '',
				due datetime NOT NULL,
				state varchar(10) NOT NULL DEFAULT 'waiting',
				object_id bigint(20) unsigned NOT NULL DEFAULT 0,
				reason varchar(191) NOT NULL DEFAULT '',
				changed datetime NOT NULL,
				PRIMARY KEY  (id),
				UNIQUE KEY by_name (blog_id,owner,kind,name),
				KEY due (state,due)
			) $charset;",
		);
	}
}
