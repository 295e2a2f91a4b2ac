-- The embedded site's tables. Dates are UTC, as "2026-11-23 13:05:29".

CREATE TABLE IF NOT EXISTS options (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL                -- JSON
);

CREATE TABLE IF NOT EXISTS users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  login TEXT NOT NULL COLLATE NOCASE UNIQUE,
  nicename TEXT NOT NULL UNIQUE,     -- the slug: profile address and @name
  email TEXT NOT NULL COLLATE NOCASE,
  password TEXT NOT NULL DEFAULT '', -- a digest
  display_name TEXT NOT NULL,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  nickname TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  description TEXT NOT NULL DEFAULT '',
  locale TEXT NOT NULL DEFAULT '',
  roles TEXT NOT NULL DEFAULT '[]',  -- JSON list
  registered TEXT NOT NULL,
  spam INTEGER NOT NULL DEFAULT 0,
  last_activity TEXT,
  friend_count INTEGER,              -- NULL until there ever was a friend
  latest_update INTEGER              -- id of an activity
);
CREATE INDEX IF NOT EXISTS users_email ON users (email);

CREATE TABLE IF NOT EXISTS application_passwords (
  uuid TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  app_id TEXT NOT NULL DEFAULT '',
  digest TEXT NOT NULL,
  created TEXT NOT NULL,
  last_used TEXT,
  last_ip TEXT
);
CREATE INDEX IF NOT EXISTS application_passwords_user
  ON application_passwords (user_id);

CREATE TABLE IF NOT EXISTS types (   -- registered member and group types
  kind TEXT NOT NULL,                -- member, group
  slug TEXT NOT NULL,
  PRIMARY KEY (kind, slug)
);
CREATE TABLE IF NOT EXISTS typings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  item_id INTEGER NOT NULL,          -- a user, a group
  slug TEXT NOT NULL,
  UNIQUE (kind, item_id, slug)
);

CREATE TABLE IF NOT EXISTS groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  creator_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,                -- not unique: BuddyPress lets two share it
  description TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'public',
  parent_id INTEGER NOT NULL DEFAULT 0,
  enable_forum INTEGER NOT NULL DEFAULT 0,
  date_created TEXT NOT NULL,
  last_activity TEXT NOT NULL,
  member_count INTEGER               -- NULL = to be counted again
);
CREATE INDEX IF NOT EXISTS groups_slug ON groups (slug);
CREATE INDEX IF NOT EXISTS groups_uncounted ON groups (id) WHERE member_count IS NULL;

CREATE TABLE IF NOT EXISTS group_members (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  inviter_id INTEGER NOT NULL DEFAULT 0,
  is_admin INTEGER NOT NULL DEFAULT 0,
  is_mod INTEGER NOT NULL DEFAULT 0,
  is_banned INTEGER NOT NULL DEFAULT 0,
  is_confirmed INTEGER NOT NULL DEFAULT 0,
  user_title TEXT NOT NULL DEFAULT '',
  date_modified TEXT NOT NULL,
  comments TEXT NOT NULL DEFAULT '',
  invite_sent INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS group_members_group ON group_members (group_id, user_id);
CREATE INDEX IF NOT EXISTS group_members_user ON group_members (user_id);

CREATE TABLE IF NOT EXISTS invitations (  -- group invites and requests
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,                -- invite, request
  user_id INTEGER NOT NULL,
  inviter_id INTEGER NOT NULL DEFAULT 0,
  group_id INTEGER NOT NULL,
  content TEXT NOT NULL DEFAULT '',
  date_modified TEXT NOT NULL,
  invite_sent INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  component TEXT NOT NULL,
  type TEXT NOT NULL,
  action TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  primary_link TEXT NOT NULL DEFAULT '',
  item_id INTEGER NOT NULL DEFAULT 0,
  secondary_item_id INTEGER NOT NULL DEFAULT 0,
  date_recorded TEXT NOT NULL,
  hide_sitewide INTEGER NOT NULL DEFAULT 0,
  is_spam INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS activity_item ON activity (component, item_id);
CREATE INDEX IF NOT EXISTS activity_type ON activity (type, item_id);
CREATE INDEX IF NOT EXISTS activity_date ON activity (date_recorded);
CREATE TABLE IF NOT EXISTS favorites (
  user_id INTEGER NOT NULL,
  activity_id INTEGER NOT NULL,
  PRIMARY KEY (user_id, activity_id)
);

CREATE TABLE IF NOT EXISTS profile_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  group_order INTEGER NOT NULL DEFAULT 0,
  can_delete INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS profile_fields (  -- options too, as in BuddyPress
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id INTEGER NOT NULL,
  parent_id INTEGER NOT NULL DEFAULT 0,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  is_required INTEGER NOT NULL DEFAULT 0,
  is_default_option INTEGER NOT NULL DEFAULT 0,
  field_order INTEGER NOT NULL DEFAULT 0,
  option_order INTEGER NOT NULL DEFAULT 0,
  order_by TEXT NOT NULL DEFAULT '',
  can_delete INTEGER NOT NULL DEFAULT 1,
  default_visibility TEXT NOT NULL DEFAULT 'public',
  allow_custom_visibility TEXT NOT NULL DEFAULT 'allowed',
  do_autolink TEXT NOT NULL DEFAULT 'off'
);
CREATE INDEX IF NOT EXISTS profile_fields_parent ON profile_fields (parent_id);
CREATE TABLE IF NOT EXISTS profile_data (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  field_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  value TEXT NOT NULL,               -- lists as PHP serialises them
  last_updated TEXT NOT NULL,
  UNIQUE (field_id, user_id)
);
CREATE INDEX IF NOT EXISTS profile_data_user ON profile_data (user_id);

CREATE TABLE IF NOT EXISTS friends (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  initiator_user_id INTEGER NOT NULL,
  friend_user_id INTEGER NOT NULL,
  is_confirmed INTEGER NOT NULL DEFAULT 0,
  date_created TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS friends_initiator ON friends (initiator_user_id);
CREATE INDEX IF NOT EXISTS friends_friend ON friends (friend_user_id);

CREATE TABLE IF NOT EXISTS messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  thread_id INTEGER NOT NULL,
  sender_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  date_sent TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_thread ON messages (thread_id);
CREATE TABLE IF NOT EXISTS message_recipients (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  thread_id INTEGER NOT NULL,
  unread_count INTEGER NOT NULL DEFAULT 0,
  sender_only INTEGER NOT NULL DEFAULT 0,
  is_deleted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS message_recipients_user ON message_recipients (user_id);
CREATE INDEX IF NOT EXISTS message_recipients_thread
  ON message_recipients (thread_id);
CREATE TABLE IF NOT EXISTS message_stars (
  user_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (user_id, message_id)
);

CREATE TABLE IF NOT EXISTS notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  message TEXT NOT NULL,
  date_sent TEXT NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS notices_dismissed (
  user_id INTEGER NOT NULL,
  notice_id INTEGER NOT NULL,
  PRIMARY KEY (user_id, notice_id)
);

CREATE TABLE IF NOT EXISTS notifications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  secondary_item_id INTEGER NOT NULL DEFAULT 0,
  component TEXT NOT NULL,
  action TEXT NOT NULL,
  date_notified TEXT NOT NULL,
  is_new INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX IF NOT EXISTS notifications_user ON notifications (user_id);

CREATE TABLE IF NOT EXISTS posts (   -- pages, posts, media
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,                -- page, post, attachment, buddypress, …
  slug TEXT NOT NULL,
  status TEXT NOT NULL,
  author INTEGER NOT NULL,
  parent INTEGER NOT NULL DEFAULT 0,
  title TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT '',
  excerpt TEXT NOT NULL DEFAULT '',
  date_gmt TEXT NOT NULL,
  modified_gmt TEXT NOT NULL,
  comment_status TEXT NOT NULL DEFAULT 'closed',
  menu_order INTEGER NOT NULL DEFAULT 0,
  template TEXT NOT NULL DEFAULT '',
  featured_media INTEGER NOT NULL DEFAULT 0,
  guid TEXT NOT NULL DEFAULT '',     -- the first address, which stays
  extra TEXT NOT NULL DEFAULT '{}'   -- JSON: what media have beside
);
CREATE INDEX IF NOT EXISTS posts_slug ON posts (slug);

CREATE TABLE IF NOT EXISTS menus (   -- classic ones; what they have are posts
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  auto_add INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS uploads ( -- avatars, covers and media
  path TEXT PRIMARY KEY,             -- below /wp-content/uploads/
  owner TEXT NOT NULL,               -- user/7/avatar, group/3/cover, media/9
  content_type TEXT NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS uploads_owner ON uploads (owner);

CREATE TABLE IF NOT EXISTS mails (   -- every mail a real site would have sent
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  recipient TEXT NOT NULL,           -- an address
  kind TEXT NOT NULL,                -- BuddyPress's e-mail type
  date_sent TEXT NOT NULL
);

-- What the companion keeps.
CREATE TABLE IF NOT EXISTS type_words (  -- of types that were made in forms
  kind TEXT NOT NULL,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  singular TEXT NOT NULL,
  directory INTEGER NOT NULL DEFAULT 0,
  list INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, slug)
);
CREATE TABLE IF NOT EXISTS group_rules (
  group_id INTEGER NOT NULL,
  name TEXT NOT NULL,                -- invites, posts, closed
  value TEXT NOT NULL,               -- JSON
  PRIMARY KEY (group_id, name)
);
CREATE TABLE IF NOT EXISTS marks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (owner, kind, name),
  UNIQUE (owner, kind, object_id)
);
CREATE TABLE IF NOT EXISTS call_answers (
  caller INTEGER NOT NULL,
  name TEXT NOT NULL,                -- the client's key
  request TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (caller, name)
);
CREATE TABLE IF NOT EXISTS queue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL,
  kind TEXT NOT NULL,                -- posts, comments
  name TEXT NOT NULL,
  caller INTEGER NOT NULL,
  author INTEGER NOT NULL,
  body TEXT NOT NULL,                -- JSON
  digest TEXT NOT NULL,
  due TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  object_id INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  UNIQUE (owner, kind, name)
);
CREATE INDEX IF NOT EXISTS queue_due ON queue (state, due);
CREATE TABLE IF NOT EXISTS value_visibility (  -- as members chose it
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_id INTEGER NOT NULL,
  field_id INTEGER NOT NULL,
  level TEXT NOT NULL,
  UNIQUE (user_id, field_id)
);
CREATE TABLE IF NOT EXISTS field_metas (  -- signup_position, member_type
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  field_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL
);
