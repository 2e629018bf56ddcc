ALTER TABLE `inbox` ADD `album` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `edits` text;--> statement-breakpoint
ALTER TABLE `inbox` ADD `start` text;