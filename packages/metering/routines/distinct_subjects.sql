-- The subjects of several calls, each once; the customer is one of every call.
create or replace function metering.distinct_subjects(p_subjects text[]) returns text[]
  language plpgsql immutable as $$
begin
  return array(
    select 'customer'
    union
    select s.subject
    from (select distinct c.subjects from unnest(p_subjects) c(subjects)) c
    cross join lateral unnest(string_to_array(c.subjects, ' ')) s(subject));
end $$;
