-- What has ended is deleted in the order in which it ended.
create index auth_session_expiry on auth_session ("expiresAt");
create index auth_verification_expiry on auth_verification ("expiresAt");
create index auth_invitation_expiry on auth_invitation ("expiresAt");
create index auth_rate_limit_age on auth_rate_limit ("lastRequest");
create index auth_api_key_end on auth_api_key (least(revoked_at, expires_at)) where least(revoked_at, expires_at) is not null;
create index auth_purchase_request_resolved on auth_purchase_request (resolved_at) where resolved_at is not null;
create index alert_dismissed_prompt_age on alert_dismissed_prompt (dismissed_at);
