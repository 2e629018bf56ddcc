CREATE TABLE `media` (
	`id` text NOT NULL,
	`account` text NOT NULL,
	`provider_id` text NOT NULL,
	`part` integer NOT NULL,
	`address_id` text NOT NULL,
	`ticket` text,
	`kind` text NOT NULL,
	`handle` text NOT NULL,
	`ref` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`tell` integer NOT NULL,
	`received_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`next_at` integer,
	`until` integer NOT NULL,
	`lease` text,
	`digest` text,
	`content_type` text,
	`bytes` integer,
	`position` text,
	PRIMARY KEY(`account`, `provider_id`, `part`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `media_id_unique` ON `media` (`id`);--> statement-breakpoint
CREATE INDEX `media_next` ON `media` (`status`,`next_at`) WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX `media_address` ON `media` (`address_id`);--> statement-breakpoint
CREATE INDEX `media_ticket` ON `media` (`ticket`) WHERE ticket is not null;--> statement-breakpoint
CREATE INDEX `media_digest` ON `media` (`digest`) WHERE digest is not null;--> statement-breakpoint
CREATE TABLE `media_wipes` (
	`digest` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`until` integer
);
--> statement-breakpoint
CREATE INDEX `media_wipes_at` ON `media_wipes` (`at`);