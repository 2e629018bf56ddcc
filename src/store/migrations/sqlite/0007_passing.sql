CREATE TABLE `channel_times` (
	`account` text PRIMARY KEY NOT NULL,
	`last_in_at` integer,
	`last_out_at` integer
);
--> statement-breakpoint
CREATE TABLE `channel_views` (
	`account` text NOT NULL,
	`holder` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`account`, `holder`)
);
--> statement-breakpoint
CREATE INDEX `channel_views_seen` ON `channel_views` (`seen_at`);--> statement-breakpoint
CREATE INDEX `channel_views_holder` ON `channel_views` (`holder`);--> statement-breakpoint
CREATE TABLE `traffic` (
	`account` text NOT NULL,
	`hour` integer NOT NULL,
	`received` integer NOT NULL,
	PRIMARY KEY(`account`, `hour`)
);
--> statement-breakpoint
CREATE INDEX `traffic_hour` ON `traffic` (`hour`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `pass_on` text;--> statement-breakpoint
CREATE INDEX `outbox_pass_on` ON `outbox` (`pass_on`,`created_at`) WHERE pass_on is not null;