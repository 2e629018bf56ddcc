CREATE TABLE "daily" (
	"day" text COLLATE "C" NOT NULL,
	"agency" text COLLATE "C" NOT NULL,
	"measure" text COLLATE "C" NOT NULL,
	"bucket" bigint NOT NULL,
	"n" bigint NOT NULL,
	CONSTRAINT "daily_day_agency_measure_bucket_pk" PRIMARY KEY("day","agency","measure","bucket")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"digest" text COLLATE "C" PRIMARY KEY NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"agency" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"staff_id" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "ping_hours" (
	"person" text COLLATE "C" PRIMARY KEY NOT NULL,
	"hour" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"agency" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"removed_at" bigint,
	CONSTRAINT "staff_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "staff_addresses" (
	"address_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"staff_id" text COLLATE "C" NOT NULL,
	"enrolled_at" bigint NOT NULL,
	"is_group" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "holder" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "asked_days" bigint;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "asked_until" bigint;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "asked_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "first_answered_at" bigint;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "reopens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_addresses" ADD CONSTRAINT "staff_addresses_address_id_addresses_id_fk" FOREIGN KEY ("address_id") REFERENCES "public"."addresses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_addresses" ADD CONSTRAINT "staff_addresses_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitations_expires" ON "invitations" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "staff_agency" ON "staff" USING btree ("agency") WHERE removed_at is null and agency is not null;--> statement-breakpoint
CREATE INDEX "staff_role" ON "staff" USING btree ("role") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "staff_addresses_staff" ON "staff_addresses" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "complaints_open" ON "complaints" USING btree ("state","agency","urgent","hand_offs","due_at","ticket") WHERE state in ('received', 'held', 'assigned', 'in_progress');--> statement-breakpoint
CREATE INDEX "complaints_holder" ON "complaints" USING btree ("holder") WHERE holder is not null;--> statement-breakpoint
CREATE INDEX "complaints_asked" ON "complaints" USING btree ("asked_until") WHERE asked_until is not null;--> statement-breakpoint
UPDATE "complaints" SET "first_answered_at" = (SELECT min("at") FROM "events" WHERE "events"."ticket" = "complaints"."ticket" AND "move" = 'answer');--> statement-breakpoint
UPDATE "complaints" SET "reopens" = (SELECT count(*) FROM "events" WHERE "events"."ticket" = "complaints"."ticket" AND "move" IN ('reopen', 'dissatisfied'));
