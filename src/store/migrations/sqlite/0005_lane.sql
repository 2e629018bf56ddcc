DROP INDEX `outbox_lane`;--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`address_id`,`due_at`,`lane`,`seq`) WHERE status = 'pending';