CREATE TABLE `addresses` (
	`id` text PRIMARY KEY NOT NULL,
	`digest` text NOT NULL,
	`sealed` text NOT NULL,
	`key_id` text NOT NULL,
	`person_id` text NOT NULL,
	`channel` text NOT NULL,
	`account` text,
	`state` text,
	`version` integer NOT NULL,
	`wake_at` integer,
	`language` text NOT NULL,
	`stopped_at` integer,
	`blocked_at` integer,
	`privacy_told` text,
	`last_in_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_digest_unique` ON `addresses` (`digest`);--> statement-breakpoint
CREATE INDEX `addresses_person` ON `addresses` (`person_id`);--> statement-breakpoint
CREATE INDEX `addresses_wake` ON `addresses` (`wake_at`) WHERE wake_at is not null;--> statement-breakpoint
CREATE TABLE `attempts` (
	`account` text NOT NULL,
	`provider_id` text NOT NULL,
	`outbound_id` text,
	`part` integer NOT NULL,
	`live` integer NOT NULL,
	`status` text NOT NULL,
	`code` text,
	`failure` text,
	`retry_at` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `provider_id`)
);
--> statement-breakpoint
CREATE INDEX `attempts_outbound` ON `attempts` (`outbound_id`) WHERE outbound_id is not null;--> statement-breakpoint
CREATE INDEX `attempts_orphan` ON `attempts` (`at`) WHERE outbound_id is null;--> statement-breakpoint
CREATE TABLE `clocks` (
	`ticket` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`day_zero` text NOT NULL,
	`days` integer NOT NULL,
	`due_at` integer NOT NULL,
	`estimate` integer NOT NULL,
	`left_days` integer,
	`step` integer NOT NULL,
	`pinging` integer NOT NULL,
	`next_at` integer,
	PRIMARY KEY(`ticket`, `name`),
	FOREIGN KEY (`ticket`) REFERENCES `complaints`(`ticket`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `clocks_next` ON `clocks` (`next_at`) WHERE status = 'running';--> statement-breakpoint
CREATE TABLE `closed_accounts` (
	`address_id` text NOT NULL,
	`account` text NOT NULL,
	`closed_at` integer NOT NULL,
	PRIMARY KEY(`address_id`, `account`),
	FOREIGN KEY (`address_id`) REFERENCES `addresses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `complaints` (
	`ticket` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`state` text NOT NULL,
	`class` text NOT NULL,
	`category` text,
	`agency` text,
	`proposed_agency` text,
	`copied_to` text NOT NULL,
	`kelurahan` text,
	`kecamatan` text,
	`place_text` text,
	`lat` text,
	`lon` text,
	`text` text,
	`channel` text NOT NULL,
	`language` text NOT NULL,
	`anonymous` integer NOT NULL,
	`confidential` integer NOT NULL,
	`urgent` integer NOT NULL,
	`over_limit` integer NOT NULL,
	`rating` integer,
	`filed_at` integer NOT NULL,
	`closed_at` integer,
	`ever_assigned` integer NOT NULL,
	`hand_offs` integer NOT NULL,
	`extensions` integer NOT NULL,
	`merged_into` text,
	`archive_reason` text,
	`external_id` text,
	`came_from` text,
	`merged_from` text,
	`rules` text NOT NULL,
	`due_at` integer,
	`touched_at` integer NOT NULL,
	`answer_at` integer,
	`lost_told_at` integer,
	`last_note_event` integer,
	`last_answer_event` integer
);
--> statement-breakpoint
CREATE INDEX `complaints_filed` ON `complaints` (`filed_at`,`ticket`);--> statement-breakpoint
CREATE INDEX `complaints_state` ON `complaints` (`state`,`filed_at`,`ticket`);--> statement-breakpoint
CREATE INDEX `complaints_agency` ON `complaints` (`agency`,`filed_at`,`ticket`) WHERE agency is not null;--> statement-breakpoint
CREATE INDEX `complaints_due` ON `complaints` (`due_at`) WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX `complaints_answer` ON `complaints` (`answer_at`) WHERE answer_at is not null;--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`ticket` text NOT NULL,
	`at` integer NOT NULL,
	`move` text NOT NULL,
	`from_state` text,
	`to_state` text NOT NULL,
	`role` text NOT NULL,
	`actor` text NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`ticket`) REFERENCES `complaints`(`ticket`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_ticket` ON `events` (`ticket`,`id`);--> statement-breakpoint
CREATE TABLE `facts` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` text NOT NULL,
	`account` text NOT NULL,
	`provider_id` text NOT NULL,
	`address_id` text,
	`channel` text NOT NULL,
	`received_at` integer NOT NULL,
	`text` text,
	`media` text NOT NULL,
	`position` text,
	`quoted_id` text,
	`choice` text,
	`answerable` integer NOT NULL,
	`consent` text,
	`ticket` text,
	`outcome` text NOT NULL,
	`stuck` text,
	PRIMARY KEY(`account`, `provider_id`)
);
--> statement-breakpoint
CREATE INDEX `inbox_address` ON `inbox` (`address_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `inbox_ticket` ON `inbox` (`ticket`) WHERE ticket is not null;--> statement-breakpoint
CREATE INDEX `inbox_stuck` ON `inbox` (`received_at`) WHERE stuck is not null;--> statement-breakpoint
CREATE TABLE `links` (
	`ticket` text NOT NULL,
	`person_id` text NOT NULL,
	`reporter` integer NOT NULL,
	`via` text,
	`linked_at` integer NOT NULL,
	`last_word_at` integer NOT NULL,
	PRIMARY KEY(`ticket`, `person_id`),
	FOREIGN KEY (`ticket`) REFERENCES `complaints`(`ticket`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `links_person` ON `links` (`person_id`,`linked_at`,`ticket`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notes` (
	`event_id` integer PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`address_id` text NOT NULL,
	`channel` text NOT NULL,
	`account` text,
	`lane` text NOT NULL,
	`kind` text NOT NULL,
	`ticket` text,
	`text` text NOT NULL,
	`choices` text NOT NULL,
	`segments` integer NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`ready_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`status` text NOT NULL,
	`next_part` integer NOT NULL,
	`attempts` integer NOT NULL,
	`lease` text,
	`lease_until` integer,
	`sent_at` integer,
	`reason` text,
	FOREIGN KEY (`address_id`) REFERENCES `addresses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_ready` ON `outbox` (`lane`,`ready_at`,`seq`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`address_id`,`lane`,`seq`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `outbox_lost` ON `outbox` (`status`) WHERE status in ('failed', 'expired');--> statement-breakpoint
CREATE INDEX `outbox_ticket` ON `outbox` (`ticket`,`kind`,`created_at`) WHERE ticket is not null;--> statement-breakpoint
CREATE INDEX `outbox_sent` ON `outbox` (`address_id`,`sent_at`,`segments`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `segment_use` (
	`account` text NOT NULL,
	`quarter` integer NOT NULL,
	`segments` integer NOT NULL,
	PRIMARY KEY(`account`, `quarter`)
);
