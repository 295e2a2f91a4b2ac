<?php
/**
 * Posts that are due later.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use Throwable;
use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * GET, POST wpbridge/v1/queue and DELETE wpbridge/v1/queue/ID.
 *
 * A post is {owner, kind: posts|comments, name, as, due, content, group or reply_to, digest, quiet}.
 * A reply_to is {owner, name} of a post or comment under its mark, or {id}. What is queued under a mark
 * that waits already replaces it. WordPress's cron posts it when it is due, as its author, by
 * BuddyPress's own route, with every check made again then, and marks it.
 *
 * The author is said by "as" in the body, inside wpbridge/v1/calls too, and checked as for a call
 * in their name, first when it is queued and again when it goes out; the call itself is never in
 * another's name. With quiet: true, or unsaid in a quiet call, it goes out without mail and
 * notification; where quiet calls are off, that is refused (403), and later the post fails rather
 * than to mail. An answer says quiet and, unless to a GET without mails: true, mails: {mention:
 * [member, ...], reply: [member, ...]}, who would be mailed if it went out now; one number for
 * each mail.
 */
final class Queue {

	public const HOOK = 'wpbridge_companion_queue';

	private const MOST = 20;

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( self::HOOK, array( __CLASS__, 'work' ) );
		add_action( 'deleted_user', array( __CLASS__, 'author_deleted' ) );
	}

	/**
	 * Registers the routes.
	 */
	public static function routes(): void {
		register_rest_route(
			REST,
			'/queue',
			array(
				array(
					'methods'             => 'GET',
					'callback'            => array( __CLASS__, 'all' ),
					'permission_callback' => array( Access::class, 'moderate' ),
					'args'                => array(
						'owner' => array( 'type' => 'string' ),
						'after' => array(
							'type'    => 'integer',
							'default' => 0,
						),
						'mails' => array(
							'type'    => 'boolean',
							'default' => false,
						),
					),
				),
				array(
					'methods'             => 'POST',
					'callback'            => array( __CLASS__, 'add' ),
					'permission_callback' => array( Access::class, 'moderate' ),
					'args'                => self::args(),
				),
			)
		);
		register_rest_route(
			REST,
			'/queue/(?P<id>\d+)',
			array(
				'methods'             => 'DELETE',
				'callback'            => array( __CLASS__, 'remove' ),
				'permission_callback' => array( Access::class, 'moderate' ),
			)
		);
	}

	/**
	 * The arguments of a post.
	 *
	 * @return array<string, mixed>
	 */
	private static function args(): array {
		$word = array(
			'type'     => 'string',
			'required' => true,
		);
		return array(
			'owner'    => array( 'pattern' => '^[a-z0-9-]{0,64}$' ) + $word,
			'kind'     => array( 'enum' => array( 'posts', 'comments' ) ) + $word,
			'name'     => array(
				'minLength' => 1,
				'maxLength' => 150,
			) + $word,
			'as'       => array(
				'type'     => 'integer',
				'minimum'  => 1,
				'required' => true,
			),
			'due'      => $word,
			'content'  => array( 'minLength' => 1 ) + $word,
			'group'    => array(
				'type'    => 'integer',
				'minimum' => 0,
				'default' => 0,
			),
			'reply_to' => array(
				'type'                 => 'object',
				'additionalProperties' => false,
				'properties'           => array(
					'owner' => array( 'type' => 'string' ),
					'kind'  => array(
						'type' => 'string',
						'enum' => array( 'posts', 'comments' ),
					),
					'name'  => array( 'type' => 'string' ),
					'id'    => array( 'type' => 'integer' ),
				),
			),
			'digest'   => array(
				'type'    => 'string',
				'pattern' => '^[A-Za-z0-9:+/=_-]{0,64}$',
				'default' => '',
			),
			'quiet'    => array( 'type' => 'boolean' ),
		);
	}

	/**
	 * What waits, and what became of the rest.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>
	 */
	public static function all( WP_REST_Request $request ): array {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$rows = $wpdb->get_results(
			$wpdb->prepare(
				"SELECT * FROM {$wpdb->wpbridge_queue} WHERE blog_id = %d AND id > %d AND (%d = 0 OR owner = %s) ORDER BY id LIMIT 1000",
				get_current_blog_id(),
				$request['after'],
				null === $request['owner'] ? 0 : 1,
				(string) $request['owner']
			)
		);
		return array(
			'rows' => array_map( array( __CLASS__, $request['mails'] ? 'tell' : 'tell_row' ), $rows ),
			'next' => 1000 === count( $rows ) ? (int) end( $rows )->id : null,
		);
	}

	/**
	 * Puts a post in the queue.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function add( WP_REST_Request $request ) {
		global $wpdb;
		$wrong = self::wrong( $request );
		if ( $wrong ) {
			return $wrong;
		}
		$place = array(
			'blog_id' => get_current_blog_id(),
			'owner'   => $request['owner'],
			'kind'    => $request['kind'],
			'name'    => $request['name'],
		);
		$row   = $place + array(
			'caller'   => get_current_user_id(),
			'password' => Acting::password(),
			'author'   => $request['as'],
			'body'     => wp_json_encode( self::body( $request ) ),
			'digest'   => $request['digest'],
			'due'      => gmdate( 'Y-m-d H:i:s', Dates::moment( $request['due'] ) ),
			'state'    => 'waiting',
			'changed'  => gmdate( 'Y-m-d H:i:s' ),
		);
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_queue} WHERE blog_id = %d AND owner = %s AND kind = %s AND name = %s AND state <> 'sending'", $place['blog_id'], $place['owner'], $place['kind'], $place['name'] ) );
		if ( ! $wpdb->insert( $wpdb->wpbridge_queue, $row ) ) {
			return self::sending();
		}
		// phpcs:enable
		$made = self::row( (int) $wpdb->insert_id );
		self::schedule();
		return $made ? self::tell( $made ) : self::sending();
	}

	/**
	 * The error where another process has a post.
	 */
	private static function sending(): WP_Error {
		return new WP_Error( 'wpbridge_sending', __( 'That post is being sent right now.', 'wpbridge-companion' ), array( 'status' => 409 ) );
	}

	/**
	 * What is wrong with a post, if anything.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	private static function wrong( WP_REST_Request $request ): ?WP_Error {
		if ( null === Dates::moment( $request['due'] ) ) {
			return Call::wrong( 'due', __( 'Due is a moment such as 2027-03-22T09:00:00Z.', 'wpbridge-companion' ) );
		}
		$to = $request['reply_to'];
		if ( ( 'comments' === $request['kind'] ) !== (bool) $to || ( $to && ! isset( $to['id'] ) && ! isset( $to['owner'], $to['name'] ) ) ) {
			return Call::wrong( 'reply', __( 'A comment replies to something, and a post does not.', 'wpbridge-companion' ) );
		}
		$off = Quiet::off( self::quiet( $request ) );
		if ( $off ) {
			return $off;
		}
		if ( get_current_user_id() === $request['as'] ) {
			return null;
		}
		$may = Acting::read( $request['as'] );
		return is_wp_error( $may ) ? $may : null;
	}

	/**
	 * Whether a post shall go out quietly: as it says itself, else as the call that queues it.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	private static function quiet( WP_REST_Request $request ): bool {
		return (bool) ( null === $request['quiet'] ? Scope::wants( Quiet::WORD ) : $request['quiet'] );
	}

	/**
	 * What is kept of a post.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>
	 */
	private static function body( WP_REST_Request $request ): array {
		return array(
			'content'  => $request['content'],
			'group'    => $request['group'],
			'reply_to' => $request['reply_to'],
			'quiet'    => self::quiet( $request ),
		);
	}

	/**
	 * Takes a post out of the queue.
	 *
	 * @param WP_REST_Request $request The request.
	 * @return array<string, mixed>|WP_Error
	 */
	public static function remove( WP_REST_Request $request ) {
		global $wpdb;
		$row = self::row( (int) $request['id'] );
		if ( ! $row || get_current_blog_id() !== (int) $row->blog_id ) {
			return new WP_Error( 'wpbridge_not_queued', __( 'There is no such post in the queue.', 'wpbridge-companion' ), array( 'status' => 404 ) );
		}
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$gone = $wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_queue} WHERE id = %d AND state <> 'sending'", $row->id ) );
		if ( ! $gone ) {
			return self::sending();
		}
		return array(
			'deleted'  => true,
			'previous' => self::tell( $row ),
		);
	}

	/**
	 * A row.
	 *
	 * @param int $id Its number.
	 */
	private static function row( int $id ): ?object {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		return $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->wpbridge_queue} WHERE id = %d", $id ) );
	}

	/**
	 * A row as the client reads it, and whom it would mail.
	 *
	 * @param object $row The row.
	 * @return array<string, mixed>
	 */
	private static function tell( object $row ): array {
		return self::tell_row( $row ) + array( 'mails' => self::mails( $row, self::kept( $row ) ) );
	}

	/**
	 * A row as the client reads it.
	 *
	 * @param object $row The row.
	 * @return array<string, mixed>
	 */
	private static function tell_row( object $row ): array {
		return array(
			'id'        => (int) $row->id,
			'owner'     => $row->owner,
			'kind'      => $row->kind,
			'name'      => $row->name,
			'as'        => (int) $row->author,
			'due'       => Members::zulu( $row->due ),
			'digest'    => $row->digest,
			'state'     => $row->state,
			'object_id' => (int) $row->object_id,
			'reason'    => $row->reason,
		) + self::kept( $row );
	}

	/**
	 * What a row keeps of its post.
	 *
	 * @param object $row The row.
	 * @return array<string, mixed>
	 */
	private static function kept( object $row ): array {
		return (array) json_decode( $row->body, true ) + array( 'quiet' => false );
	}

	/**
	 * Whom a row would mail.
	 *
	 * @param object               $row  The row.
	 * @param array<string, mixed> $body What it keeps.
	 * @return array{mention: int[], reply: int[]}
	 */
	private static function mails( object $row, array $body ): array {
		if ( $body['quiet'] || 'waiting' !== $row->state || ! bp_is_active( 'activity' ) ) {
			return array(
				'mention' => array(),
				'reply'   => array(),
			);
		}
		return Recipients::of( (int) $row->author, $body['content'], (int) $body['group'], $body['reply_to'] ? self::answered( $body['reply_to'] ) : null );
	}

	/**
	 * Asks WordPress's cron for the next time there is something to do.
	 */
	public static function schedule(): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$next = $wpdb->get_var( $wpdb->prepare( "SELECT MIN(due) FROM {$wpdb->wpbridge_queue} WHERE state = 'waiting' AND blog_id = %d", get_current_blog_id() ) );
		$when = $next ? max( time(), (int) strtotime( $next . ' UTC' ) ) : 0;
		$set  = (int) wp_next_scheduled( self::HOOK );
		// Every change writes the list of all plugins' events anew, so as few as will do.
		if ( $set && $when && $set <= $when ) {
			return;
		}
		if ( $set ) {
			wp_clear_scheduled_hook( self::HOOK );
		}
		if ( $when ) {
			wp_schedule_single_event( $when, self::HOOK );
		}
	}

	/**
	 * Sends what is due. Two processes at once send nothing twice: each row is taken by one.
	 */
	public static function work(): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$due = $wpdb->get_col( $wpdb->prepare( "SELECT id FROM {$wpdb->wpbridge_queue} WHERE state = 'waiting' AND blog_id = %d AND due <= %s ORDER BY due, id LIMIT %d", get_current_blog_id(), gmdate( 'Y-m-d H:i:s' ), self::MOST ) );
		foreach ( $due as $id ) {
			// Its author's deletion takes a row out even while it is sent.
			$row = self::take( (int) $id ) ? self::row( (int) $id ) : null;
			if ( $row ) {
				self::send( $row );
			}
		}
		self::schedule();
	}

	/**
	 * Takes a row for this process; false when another has it.
	 *
	 * @param int $id The row.
	 */
	private static function take( int $id ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		return 1 === $wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->wpbridge_queue} SET state = 'sending', changed = %s WHERE id = %d AND state = 'waiting'", gmdate( 'Y-m-d H:i:s' ), $id ) );
	}

	/**
	 * Sends one, and writes down what became of it.
	 *
	 * @param object $row The row.
	 */
	private static function send( object $row ): void {
		global $wpdb;
		try {
			$answer = self::post( $row );
		} catch ( Throwable $error ) {
			$answer = new WP_Error( 'wpbridge_threw', get_class( $error ) );
		}
		$failed = is_wp_error( $answer );
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->update(
			$wpdb->wpbridge_queue,
			array(
				'state'     => $failed ? 'failed' : 'sent',
				'object_id' => $failed ? 0 : $answer,
				'reason'    => $failed ? substr( $answer->get_error_code() . ': ' . $answer->get_error_message(), 0, 190 ) : '',
				'changed'   => gmdate( 'Y-m-d H:i:s' ),
			),
			array( 'id' => $row->id )
		);
		if ( ! $failed ) {
			$refused = array();
			Marks::set(
				array(
					array(
						'owner'  => $row->owner,
						'kind'   => $row->kind,
						'name'   => $row->name,
						'id'     => $answer,
						'digest' => $row->digest,
					),
				),
				$refused
			);
		}
	}

	/**
	 * Posts it as its author.
	 *
	 * @param object $row The row.
	 * @return int|WP_Error The post.
	 */
	private static function post( object $row ) {
		$author    = (int) $row->author;
		$caller    = (int) $row->caller;
		$moderates = bp_user_can( $caller, 'bp_moderate' ) && is_user_member_of_blog( $author, get_current_blog_id() );
		$acts      = $author === $caller || ( Settings::on( 'acting' ) && user_can( $caller, Acting::CAPABILITY, $author ) );
		if ( ! $moderates || ! $acts ) {
			return new WP_Error( 'wpbridge_no_longer', __( 'Who queued it may no longer act as its author.', 'wpbridge-companion' ) );
		}
		if ( ! bp_is_user_active( $author ) || ! bp_is_user_active( $caller ) ) {
			return new WP_Error( 'wpbridge_no_member', __( 'There is no such member.', 'wpbridge-companion' ) );
		}
		$quiet = self::kept( $row )['quiet'];
		$off   = Quiet::off( $quiet );
		if ( $off ) {
			return $off;
		}
		$request = self::request( $row );
		if ( is_wp_error( $request ) ) {
			return $request;
		}
		$log = Log::begin(
			array(
				'id'       => $caller,
				'password' => $row->password,
			),
			$author,
			'POST',
			$request->get_route()
		);
		if ( ! $log ) {
			return Log::unwritten();
		}
		$answer = Scope::run(
			array(
				Acting::WORD => $author,
				Quiet::WORD  => $quiet,
			) + Moderation::by( $caller ),
			static function () use ( $request ) {
				$response = rest_do_request( $request );
				return array(
					'status' => $response->get_status(),
					'body'   => $response->get_data(),
				);
			}
		);
		Log::end( $log, $answer );
		return self::made( $answer );
	}

	/**
	 * The request to BuddyPress's own route.
	 *
	 * @param object $row The row.
	 * @return WP_REST_Request|WP_Error
	 */
	private static function request( object $row ) {
		$body    = self::kept( $row );
		$request = new WP_REST_Request( 'POST', '/' . bp_rest_namespace() . '/' . bp_rest_version() . '/activity' );
		$params  = array(
			'content' => $body['content'],
			'type'    => 'activity_update',
		);
		if ( $body['group'] ) {
			$params['component']       = 'groups';
			$params['primary_item_id'] = (int) $body['group'];
		}
		if ( 'comments' === $row->kind ) {
			$params = self::reply( $params, $body['reply_to'] );
			if ( ! $params ) {
				return new WP_Error( 'wpbridge_no_parent', __( 'What it replies to is not there.', 'wpbridge-companion' ) );
			}
		}
		$request->set_header( 'Content-Type', 'application/json' );
		$request->set_body( (string) wp_json_encode( $params ) );
		return $request;
	}

	/**
	 * What makes a comment of it; nothing where its parent is not there.
	 *
	 * @param array<string, mixed> $params What is sent.
	 * @param array<string, mixed> $to     What it replies to.
	 * @return array<string, mixed>
	 */
	private static function reply( array $params, array $to ): array {
		$parent = self::answered( $to );
		if ( ! $parent ) {
			return array();
		}
		$nested = 'activity_comment' === $parent->type;
		return array(
			'content'           => $params['content'],
			'type'              => 'activity_comment',
			'primary_item_id'   => (int) ( $nested ? $parent->item_id : $parent->id ),
			'secondary_item_id' => (int) $parent->id,
		);
	}

	/**
	 * The post or comment that one replies to; null where it is not there.
	 *
	 * @param array<string, mixed> $to What it replies to.
	 * @return \BP_Activity_Activity|null
	 */
	private static function answered( array $to ): ?object {
		$kind   = isset( $to['kind'] ) ? $to['kind'] : 'posts';
		$id     = isset( $to['id'] ) ? (int) $to['id'] : Marks::object_of( $to['owner'], $kind, $to['name'] );
		$parent = $id ? new \BP_Activity_Activity( $id ) : null;
		return $parent && ! empty( $parent->date_recorded ) ? $parent : null;
	}

	/**
	 * The post's number in an answer; BuddyPress 14 wraps it in a list.
	 *
	 * @param array{status: int, body: mixed} $answer The answer.
	 * @return int|WP_Error
	 */
	private static function made( array $answer ) {
		$body = (array) $answer['body'];
		if ( $answer['status'] >= 400 ) {
			return new WP_Error( isset( $body['code'] ) ? $body['code'] : 'wpbridge_refused', isset( $body['message'] ) ? $body['message'] : '' );
		}
		$item = isset( $body[0] ) ? (array) $body[0] : $body;
		return (int) $item['id'];
	}

	/**
	 * Forgets what waits in the name of somebody who is gone.
	 *
	 * @param int $author Who.
	 */
	public static function author_deleted( $author ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->delete( $wpdb->wpbridge_queue, array( 'author' => (int) $author ) );
	}

	/**
	 * Says of what was cut off while being sent that its end is not known, and forgets what
	 * was sent a month ago.
	 */
	public static function prune(): void {
		global $wpdb;
		$hour  = gmdate( 'Y-m-d H:i:s', time() - HOUR_IN_SECONDS );
		$month = gmdate( 'Y-m-d H:i:s', time() - 30 * DAY_IN_SECONDS );
		// phpcs:disable WordPress.DB.DirectDatabaseQuery -- An own table.
		$wpdb->query( $wpdb->prepare( "UPDATE {$wpdb->wpbridge_queue} SET state = 'unknown' WHERE state = 'sending' AND changed < %s", $hour ) );
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->wpbridge_queue} WHERE state = 'sent' AND changed < %s", $month ) );
		// phpcs:enable
	}
}
