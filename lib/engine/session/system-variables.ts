import { readOnly, settable, type Variable } from './variable.ts'

/** What the later servers let a client read of the system: their limits as they are shown, none of which binds here. */
export const SYSTEM_VARIABLES: readonly Variable[] = [
  readOnly(
    'allowed_cluster_replica_sizes',
    '"25cc", "50cc", "100cc"',
    'The allowed sizes when creating a new cluster replica (Materialize).',
  ),
  settable(
    'current_object_missing_warnings',
    'on',
    'Whether to emit warnings when the current database, schema, or cluster is missing (Materialize).',
  ),
  settable(
    'emit_introspection_query_notice',
    'on',
    'Whether to print a notice when querying per-replica introspection sources.',
  ),
  settable(
    'emit_plan_insights_notice',
    'off',
    'Boolean flag indicating whether to send a NOTICE with JSON-formatted plan insights before executing a SELECT statement (Materialize).',
  ),
  settable(
    'emit_trace_id_notice',
    'off',
    'Boolean flag indicating whether to send a NOTICE specifying the trace id when available (Materialize).',
  ),
  readOnly(
    'enable_consolidate_after_union_negate',
    'on',
    'consolidation after Unions that have a Negated input (Materialize).',
  ),
  readOnly(
    'enable_rbac_checks',
    'off',
    'User facing global boolean flag indicating whether to apply RBAC checks before executing statements (Materialize).',
  ),
  settable(
    'enable_session_rbac_checks',
    'off',
    'User facing session boolean flag indicating whether to apply RBAC checks before executing statements (Materialize).',
  ),
  readOnly(
    'force_source_table_syntax',
    'off',
    'Force use of new source model (CREATE TABLE .. FROM SOURCE) and migrate existing sources',
  ),
  readOnly(
    'max_aws_privatelink_connections',
    '0',
    'The maximum number of AWS PrivateLink connections in the region, across all schemas (Materialize).',
  ),
  readOnly('max_clusters', '25', 'The maximum number of clusters in the region (Materialize).'),
  readOnly(
    'max_copy_from_row_size',
    '128MB',
    'The maximum size in bytes for a single COPY FROM STDIN row (Materialize).',
  ),
  readOnly(
    'max_credit_consumption_rate',
    '1024',
    'The maximum rate of credit consumption in a region. Credits are consumed based on the size of cluster replicas in use (Materialize).',
  ),
  readOnly('max_databases', '1000', 'The maximum number of databases in the region (Materialize).'),
  readOnly('max_identifier_length', '255', 'The maximum length of object identifiers in bytes (PostgreSQL).'),
  readOnly(
    'max_kafka_connections',
    '1000',
    'The maximum number of Kafka connections in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'max_materialized_views',
    '500',
    'The maximum number of materialized views in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'max_mysql_connections',
    '1000',
    'The maximum number of MySQL connections in the region, across all schemas (Materialize).',
  ),
  readOnly('max_network_policies', '25', 'The maximum number of network policies in the region.'),
  readOnly('max_objects_per_schema', '1000', 'The maximum number of objects in a schema (Materialize).'),
  readOnly(
    'max_postgres_connections',
    '1000',
    'The maximum number of PostgreSQL connections in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'max_replicas_per_cluster',
    '5',
    'The maximum number of replicas of a single cluster (Materialize).',
  ),
  readOnly('max_result_size', '1GB', 'The maximum size in bytes for an internal query result (Materialize).'),
  readOnly('max_roles', '1000', 'The maximum number of roles in the region (Materialize).'),
  readOnly('max_rules_per_network_policy', '25', 'The maximum number of rules per network policies.'),
  readOnly('max_schemas_per_database', '1000', 'The maximum number of schemas in a database (Materialize).'),
  readOnly(
    'max_secrets',
    '100',
    'The maximum number of secrets in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'max_sinks',
    '1000',
    'The maximum number of sinks in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'max_sources',
    '200',
    'The maximum number of sources in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'max_sql_server_connections',
    '1000',
    'The maximum number of SQL Server connections in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'max_tables',
    '200',
    'The maximum number of tables in the region, across all schemas (Materialize).',
  ),
  readOnly(
    'network_policy',
    'default',
    'Sets the fallback network policy applied to all users without an explicit policy.',
  ),
  readOnly(
    'optimizer_e2e_latency_warning_threshold',
    '500 ms',
    'Sets the duration that a query can take to compile; queries that take longer will trigger a warning. If this value is specified without units, it is taken as milliseconds. A value of zero disables the timeout (Materialize).',
  ),
  readOnly(
    'scram_iterations',
    '600000',
    'Iterations to use when hashing passwords. Higher iterations are more secure, but take longer to validated. Please consider the security risks before reducing this below the default value.',
  ),
  readOnly(
    'statement_logging_default_sample_rate',
    '0',
    'The default value of `statement_logging_sample_rate` for new sessions (Materialize).',
  ),
  readOnly(
    'statement_logging_max_sample_rate',
    '0',
    'The maximum rate at which statements may be logged. If this value is less than that of `statement_logging_sample_rate`, the latter is ignored (Materialize).',
  ),
  settable(
    'statement_logging_sample_rate',
    '0',
    'User-facing session variable indicating how many statement executions should be logged, subject to constraint by the system variable `statement_logging_max_sample_rate` (Materialize).',
  ),
  readOnly(
    'superuser_reserved_connections',
    '3',
    'The number of connections that are reserved for superusers (PostgreSQL).',
  ),
]
