<?php
/**
 * What tests set on their site: types, registered by code as themes and plugins do.
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
