CREATE TABLE `names` (
	`digest` text PRIMARY KEY NOT NULL,
	`address_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `names_address` ON `names` (`address_id`);