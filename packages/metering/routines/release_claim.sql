-- Releases a claim that led to nothing; a newer claim stays.
create or replace function metering.release_claim(p_bucket smallint, p_customer text, p_fence bigint) returns void
  language plpgsql as $$
begin
  perform metering.own_bucket(p_bucket);
  update metering.customer c set claimed_until = '-infinity'
    where c.bucket = p_bucket and c.customer_id = p_customer and c.claim_fence = p_fence;
end $$;
