DROP INDEX "complaints_near";--> statement-breakpoint
CREATE INDEX "complaints_around" ON "complaints" USING btree ("category","kelurahan","filed_at") WHERE category is not null and kelurahan is not null;--> statement-breakpoint
CREATE INDEX "complaints_near" ON "complaints" USING btree ("category","filed_at","ticket") WHERE category is not null and lat is not null;