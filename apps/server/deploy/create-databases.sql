-- Runs once, in psql, when the container of Postgres initializes its volume. The role owns both databases and is no superuser.
\getenv password TOLLGATE_PASSWORD
create role tollgate login createrole password :'password';
create database tollgate owner tollgate;
create database billing owner tollgate;
