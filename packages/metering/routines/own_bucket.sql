-- Refuses a bucket that this database does not own: a misrouted call must not be admitted on empty tables.
create or replace function metering.own_bucket(p_bucket smallint) returns void
  language plpgsql stable as $$
begin
  perform 1 from metering.bucket b where b.bucket = p_bucket;
  if not found then
    raise exception 'bucket % is not owned by this database', p_bucket
      using errcode = 'check_violation', constraint = 'bucket_owned';
  end if;
end $$;
