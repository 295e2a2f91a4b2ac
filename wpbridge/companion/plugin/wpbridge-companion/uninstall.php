<?php
/**
 * Removes everything the plugin kept: its four tables, its options, its cron events and the
 * rules of groups. Members, groups and posts stay as they are.
 *
 * @package WPBridge\Companion
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Drops the tables and forgets the options.
 */
function wpbridge_companion_uninstall() {
	global $wpdb;
	foreach ( array( 'marks', 'answers', 'log', 'queue' ) as $wpbridge_name ) {
		$wpbridge_table = $wpdb->base_prefix . 'wpbridge_' . $wpbridge_name;
		// phpcs:ignore WordPress.DB -- The name is made above, of nothing from outside.
		$wpdb->query( "DROP TABLE IF EXISTS `$wpbridge_table`" );
	}
	foreach ( array( 'wpbridge_companion', 'wpbridge_companion_used', 'wpbridge_companion_layout' ) as $wpbridge_option ) {
		delete_option( $wpbridge_option );
		delete_site_option( $wpbridge_option );
	}
	wpbridge_companion_unschedule();
	$wpbridge_meta = $wpdb->base_prefix . 'bp_groups_groupmeta';
	// phpcs:disable WordPress.DB -- BuddyPress may be off by now, so its functions may not be there.
	if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $wpbridge_meta ) ) ) ) {
		$wpdb->query( "DELETE FROM `$wpbridge_meta` WHERE meta_key IN ('wpbridge_who_posts', 'wpbridge_closed')" );
	}
	// phpcs:enable
}

/**
 * Clears the cron events, in a network those of every site.
 */
function wpbridge_companion_unschedule() {
	$wpbridge_sites = is_multisite() ? get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	) : array( 0 );
	foreach ( $wpbridge_sites as $wpbridge_site ) {
		if ( $wpbridge_site ) {
			switch_to_blog( $wpbridge_site );
		}
		wp_clear_scheduled_hook( 'wpbridge_companion_daily' );
		wp_clear_scheduled_hook( 'wpbridge_companion_queue' );
		if ( $wpbridge_site ) {
			restore_current_blog();
		}
	}
}

wpbridge_companion_uninstall();
