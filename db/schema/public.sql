-- Schema public, written from the catalogue by "npm run check -- --write". Not executed.

create table public.migration (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now()
);
alter table public.migration add constraint migration_pkey PRIMARY KEY (name);
