CREATE TABLE `daily` (
	`day` text NOT NULL,
	`agency` text NOT NULL,
	`measure` text NOT NULL,
	`bucket` integer NOT NULL,
	`n` integer NOT NULL,
	PRIMARY KEY(`day`, `agency`, `measure`, `bucket`)
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`digest` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`agency` text,
	`name` text NOT NULL,
	`staff_id` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `invitations_expires` ON `invitations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `ping_hours` (
	`person` text PRIMARY KEY NOT NULL,
	`hour` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`agency` text,
	`created_at` integer NOT NULL,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_number_unique` ON `staff` (`number`);--> statement-breakpoint
CREATE INDEX `staff_agency` ON `staff` (`agency`) WHERE removed_at is null and agency is not null;--> statement-breakpoint
CREATE INDEX `staff_role` ON `staff` (`role`) WHERE removed_at is null;--> statement-breakpoint
CREATE TABLE `staff_addresses` (
	`address_id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`enrolled_at` integer NOT NULL,
	`is_group` integer NOT NULL,
	FOREIGN KEY (`address_id`) REFERENCES `addresses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_addresses_staff` ON `staff_addresses` (`staff_id`);--> statement-breakpoint
ALTER TABLE `complaints` ADD `holder` text;--> statement-breakpoint
ALTER TABLE `complaints` ADD `asked_days` integer;--> statement-breakpoint
ALTER TABLE `complaints` ADD `asked_until` integer;--> statement-breakpoint
ALTER TABLE `complaints` ADD `asked_by` text;--> statement-breakpoint
ALTER TABLE `complaints` ADD `first_answered_at` integer;--> statement-breakpoint
ALTER TABLE `complaints` ADD `reopens` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `complaints_open` ON `complaints` (`state`,`agency`,`urgent`,`hand_offs`,`due_at`,`ticket`) WHERE state in ('received', 'held', 'assigned', 'in_progress');--> statement-breakpoint
CREATE INDEX `complaints_holder` ON `complaints` (`holder`) WHERE holder is not null;--> statement-breakpoint
CREATE INDEX `complaints_asked` ON `complaints` (`asked_until`) WHERE asked_until is not null;--> statement-breakpoint
UPDATE `complaints` SET `first_answered_at` = (SELECT min(`at`) FROM `events` WHERE `events`.`ticket` = `complaints`.`ticket` AND `move` = 'answer');--> statement-breakpoint
UPDATE `complaints` SET `reopens` = (SELECT count(*) FROM `events` WHERE `events`.`ticket` = `complaints`.`ticket` AND `move` IN ('reopen', 'dissatisfied'));
