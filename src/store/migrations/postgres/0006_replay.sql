ALTER TABLE "inbox" ADD COLUMN "album" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "edits" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "inbox" ADD COLUMN "start" text COLLATE "C";