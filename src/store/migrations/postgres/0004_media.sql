CREATE TABLE "media" (
	"id" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"part" bigint NOT NULL,
	"address_id" text COLLATE "C" NOT NULL,
	"ticket" text COLLATE "C",
	"kind" text COLLATE "C" NOT NULL,
	"handle" text COLLATE "C" NOT NULL,
	"ref" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"tell" bigint NOT NULL,
	"received_at" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"next_at" bigint,
	"until" bigint NOT NULL,
	"lease" text COLLATE "C",
	"digest" text COLLATE "C",
	"content_type" text COLLATE "C",
	"bytes" bigint,
	"position" text COLLATE "C",
	CONSTRAINT "media_account_provider_id_part_pk" PRIMARY KEY("account","provider_id","part"),
	CONSTRAINT "media_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "media_wipes" (
	"digest" text COLLATE "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"until" bigint
);
--> statement-breakpoint
CREATE INDEX "media_next" ON "media" USING btree ("status","next_at") WHERE next_at is not null;--> statement-breakpoint
CREATE INDEX "media_address" ON "media" USING btree ("address_id");--> statement-breakpoint
CREATE INDEX "media_ticket" ON "media" USING btree ("ticket") WHERE ticket is not null;--> statement-breakpoint
CREATE INDEX "media_digest" ON "media" USING btree ("digest") WHERE digest is not null;--> statement-breakpoint
CREATE INDEX "media_wipes_at" ON "media_wipes" USING btree ("at");