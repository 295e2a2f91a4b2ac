<?php
/**
 * What tests set on their site: types, registered by code as themes and plugins do, and
 * on a network logins of three letters.
 */
$live_types = ABSPATH . 'live-types.json';
$live_types = is_file( $live_types ) ? json_decode( (string) file_get_contents( $live_types ), true ) : array();

add_action(
	'bp_register_member_types',
	static function () use ( $live_types ) {
		array_map( 'bp_register_member_type', $live_types['member'] ?? array() );
	}
);
add_action(
	'bp_groups_register_group_types',
	static function () use ( $live_types ) {
		array_map( 'bp_groups_register_group_type', $live_types['group'] ?? array() );
	}
);
add_filter(
	'wpmu_validate_user_signup',
	static function ( $result ) {
		$said = $result['errors']->get_error_messages( 'user_name' );
		if ( strlen( $result['user_name'] ) === 3 && count( $said ) === 1 ) {
			$result['errors']->remove( 'user_name' );
		}
		return $result;
	}
);
