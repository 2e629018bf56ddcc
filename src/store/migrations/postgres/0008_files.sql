ALTER TABLE "media" ADD COLUMN "duty" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "attachments" text COLLATE "C" DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE INDEX "media_pass" ON "media" USING btree ("received_at") WHERE duty = 'pass' and status = 'stored';