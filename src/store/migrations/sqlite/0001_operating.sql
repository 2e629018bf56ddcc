CREATE TABLE `audit` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`actor` text NOT NULL,
	`ticket` text,
	`person_id` text,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE INDEX `audit_ticket` ON `audit` (`ticket`,`id`) WHERE ticket is not null;--> statement-breakpoint
CREATE TABLE `blocks` (
	`digest` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `erased_ids` (
	`digest` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `erased_ids_at` ON `erased_ids` (`at`);--> statement-breakpoint
CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`token` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `complaints` ADD `cut_at` integer;--> statement-breakpoint
CREATE INDEX `complaints_near` ON `complaints` (`category`,`filed_at`,`ticket`) WHERE category is not null;--> statement-breakpoint
CREATE INDEX `complaints_closed` ON `complaints` (`closed_at`) WHERE closed_at is not null and cut_at is null;--> statement-breakpoint
CREATE INDEX `inbox_wordy` ON `inbox` (`received_at`) WHERE ticket is null and text is not null;--> statement-breakpoint
CREATE INDEX `outbox_wordy` ON `outbox` (`created_at`) WHERE ticket is null and text <> '';