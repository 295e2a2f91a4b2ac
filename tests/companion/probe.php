<?php
/**
 * What a misbehaving plugin might do inside a call; asked for by a search of the stream.
 *
 * The tests put it among a test site's must-use plugins. It is no part of the companion.
 */

defined( 'ABSPATH' ) || exit;

add_filter(
	'rest_pre_dispatch',
	static function ( $answer, $server, $request ) {
		$word = $request['search'] ?? '';
		if ( ! is_string( $word ) || 0 !== strpos( $word, 'probe-' ) ) {
			return $answer;
		}
		switch ( $word ) {
			case 'probe-throw':
				throw new RuntimeException( 'a secret of the server' );
			case 'probe-die':
				wp_die( 'dead' );
			case 'probe-exit':
				exit;
			case 'probe-null':
				return rest_ensure_response( null );
			case 'probe-echo':
				echo 'noise';
				break;
			case 'probe-buffer':
				ob_start();
				echo 'noise';
				break;
			case 'probe-user':
				wp_set_current_user( 0 );
				break;
			case 'probe-mail':
				wp_mail( 'somebody@example.org', 'probe', 'probe' );
				break;
			case 'probe-sleep':
				usleep( 300000 );
				break;
			case 'probe-blog':
				switch_to_blog( 2 );
				break;
			case 'probe-nested':
				$inner = new WP_REST_Request( 'POST', '/wpbridge/v1/calls' );
				$inner->set_header( 'Content-Type', 'application/json' );
				$inner->set_body( '{"calls":[{"method":"GET","path":"/wp/v2/users/me"}]}' );
				return rest_do_request( $inner );
		}
		return $answer;
	},
	10,
	3
);

// A permission check that throws, at GET /wp/v2/posts?tags=... is not needed: components do.
add_filter(
	'bp_rest_components_get_items_permissions_check',
	static function ( $may, $request ) {
		if ( 'probe-permission' === ( $request['search'] ?? '' ) ) {
			throw new RuntimeException( 'a secret of the server' );
		}
		return $may;
	},
	10,
	2
);

// A second object in the same call, as some plugins make one.
add_action(
	'bp_activity_posted_update',
	static function ( $content ) {
		static $inside = false;
		if ( ! $inside && false !== strpos( $content, 'probe-second' ) ) {
			$inside = true;
			bp_activity_add(
				array(
					'user_id'   => 1,
					'component' => 'activity',
					'type'      => 'activity_update',
					'content'   => 'made beside it',
				)
			);
			$inside = false;
		}
	}
);

// A plugin that calls the companion from within a call, as the administrator.
add_action(
	'bp_activity_posted_update',
	static function ( $content, $user ) {
		if ( 'probe-nested' !== $content ) {
			return;
		}
		$inner = new WP_REST_Request( 'POST', '/wpbridge/v1/calls' );
		$inner->set_header( 'Content-Type', 'application/json' );
		$path = '/' . bp_rest_namespace() . '/' . bp_rest_version() . '/activity';
		$body = array(
			'method' => 'POST',
			'path'   => $path,
			'body'   => array( 'content' => 'nested in the name of another' ),
			'as'     => 1 === (int) $user ? 2 : 1,
		);
		$inner->set_body( wp_json_encode( array( 'calls' => array( $body ) ) ) );
		$status = rest_do_request( $inner )->get_status();
		bp_activity_add(
			array(
				'user_id'   => $user,
				'component' => 'activity',
				'type'      => 'activity_update',
				'content'   => "nested: $status",
			)
		);
	},
	10,
	2
);

// A second user in the same call.
add_action(
	'user_register',
	static function ( $id ) {
		static $inside = false;
		$user = get_userdata( $id );
		if ( ! $inside && 0 === strpos( $user->user_login, 'probetwo' ) ) {
			$inside = true;
			wp_create_user( 'beside-' . $user->user_login, 'a real password', 'beside-' . $user->user_login . '@example.org' );
			$inside = false;
		}
	}
);

// A plugin that lets nobody set the password of some accounts.
add_filter(
	'allow_password_reset',
	static function ( $may, $user ) {
		return 0 === strpos( get_userdata( $user )->user_login, 'locked' ) ? false : $may;
	},
	10,
	2
);

// A plugin that grants something to whoever has it by name, and to no super admin.
add_filter(
	'map_meta_cap',
	static function ( $caps, $cap, $user ) {
		return 'probe_alone' === $cap && is_super_admin( $user ) ? array( 'do_not_allow' ) : $caps;
	},
	10,
	3
);
