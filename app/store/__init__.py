"""The shop's database: the only place with SQL. Used on the desk's thread (writer) or read-only."""
