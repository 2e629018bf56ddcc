ALTER TABLE `media` ADD `duty` text;--> statement-breakpoint
CREATE INDEX `media_pass` ON `media` (`received_at`) WHERE duty = 'pass' and status = 'stored';--> statement-breakpoint
ALTER TABLE `outbox` ADD `attachments` text DEFAULT '[]' NOT NULL;