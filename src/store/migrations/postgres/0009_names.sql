CREATE TABLE "names" (
	"digest" text COLLATE "C" PRIMARY KEY NOT NULL,
	"address_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "names_address" ON "names" USING btree ("address_id");