CREATE TABLE "channel_times" (
	"account" text COLLATE "C" PRIMARY KEY NOT NULL,
	"last_in_at" bigint,
	"last_out_at" bigint
);
--> statement-breakpoint
CREATE TABLE "channel_views" (
	"account" text COLLATE "C" NOT NULL,
	"holder" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"since" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "channel_views_account_holder_pk" PRIMARY KEY("account","holder")
);
--> statement-breakpoint
CREATE TABLE "traffic" (
	"account" text COLLATE "C" NOT NULL,
	"hour" bigint NOT NULL,
	"received" bigint NOT NULL,
	CONSTRAINT "traffic_account_hour_pk" PRIMARY KEY("account","hour")
);
--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "pass_on" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "channel_views_seen" ON "channel_views" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "channel_views_holder" ON "channel_views" USING btree ("holder");--> statement-breakpoint
CREATE INDEX "traffic_hour" ON "traffic" USING btree ("hour");--> statement-breakpoint
CREATE INDEX "outbox_pass_on" ON "outbox" USING btree ("pass_on","created_at") WHERE pass_on is not null;