<?php
/**
 * Installs WordPress, a network, or BuddyPress, as their own forms do: one step a run.
 *
 * `admins` adds to a network a second site, and to each of the two an administrator who
 * is no super admin.
 *
 *     php install.php FOLDER STEP [PLUGIN …]
 */
$folder   = $argv[1];
$step     = $argv[2];
$settings = json_decode( (string) file_get_contents( "$folder/live.json" ), true );

$_SERVER['HTTP_HOST']       = $settings['host'];
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['REMOTE_ADDR']     = '127.0.0.1';

define( 'install' === $step ? 'WP_INSTALLING' : 'WP_ADMIN', true );
if ( 'network' === $step ) {
	define( 'WP_INSTALLING_NETWORK', true );
}
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/admin.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

switch ( $step ) {
	case 'install':
		add_filter( 'pre_wp_mail', '__return_true' );
		wp_install( 'Lab', 'admin', 'admin@example.org', true, '', $settings['password'] );
		update_option( 'permalink_structure', '/%postname%/' );
		break;

	case 'network':
		require_once ABSPATH . 'wp-admin/includes/network.php';
		foreach ( $wpdb->tables( 'ms_global' ) as $table => $prefixed ) {
			$wpdb->$table = $prefixed;
		}
		install_network();
		$failed = populate_network( 1, $settings['host'], 'admin@example.org', 'Lab', '/', false );
		if ( is_wp_error( $failed ) ) {
			throw new RuntimeException( $failed->get_error_message() );
		}
		break;

	case 'activate':
		wp_set_current_user( 1 );
		$wp_rewrite->init();
		flush_rewrite_rules();
		foreach ( array_slice( $argv, 3 ) as $plugin ) {
			$failed = activate_plugin( $plugin, '', $settings['network'] );
			if ( is_wp_error( $failed ) ) {
				throw new RuntimeException( $failed->get_error_message() );
			}
		}
		break;

	case 'admins':
		wp_set_current_user( 1 );
		$found = array();
		foreach ( array( 'keeper' => '/', 'warden' => '/second/' ) as $login => $path ) {
			$id   = wpmu_create_user( $login, $settings['password'], "$login@example.org" );
			$blog = '/' === $path ? 1 : wpmu_create_blog( $settings['host'], $path, 'Second', 1 );
			// Up to WordPress 6.4 the port gets lost on the way.
			$wpdb->update( $wpdb->blogs, array( 'domain' => $settings['host'] ), array( 'blog_id' => $blog ) );
			clean_blog_cache( $blog );
			foreach ( array( 'home', 'siteurl' ) as $option ) {
				update_blog_option( $blog, $option, untrailingslashit( "http://{$settings['host']}$path" ) );
			}
			add_user_to_blog( $blog, $id, 'administrator' );
			list( $found[ $login ] ) = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'live tests' ) );
		}
		echo wp_json_encode( $found );
		break;

	case 'finish':
		wp_set_current_user( 1 );
		require_once buddypress()->plugin_dir . 'bp-core/admin/bp-core-admin-schema.php';
		bp_version_updater();
		bp_core_install( bp_get_option( 'bp-active-components' ) );
		bp_add_options();
		if ( ! get_posts( array( 'post_type' => bp_get_email_post_type(), 'numberposts' => 1 ) ) ) {
			bp_core_install_emails();
		}
		flush_rewrite_rules();
		list( $password ) = WP_Application_Passwords::create_new_application_password( 1, array( 'name' => 'live tests' ) );
		echo wp_json_encode(
			array(
				'password'   => $password,
				'wordpress'  => $wp_version,
				'buddypress' => bp_get_version(),
			)
		);
}
