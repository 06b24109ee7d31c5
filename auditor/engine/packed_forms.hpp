#pragma once
// Which members of checks and profiles are packed, and in which order. A member that is not named here is empty after unpacking.

#include "auditor/engine/mapping_reader.hpp"
#include "auditor/engine/pack.hpp"
#include "auditor/engine/written_profile.hpp"
#include "auditor/model/check.hpp"

namespace audit {

template <typename Archive, Form<Term> F>
void members(Archive& archive, F& term) {
  archive(term.kind, term.literal, term.column);
}

template <typename Archive, Form<ChangeTemplate> F>
void members(Archive& archive, F& change) {
  archive(change.op, change.relation, change.key, change.set, change.also, change.each);
}

template <typename Archive, Form<RepairTemplate> F>
void members(Archive& archive, F& repair) {
  archive(repair.name, repair.applicability, repair.changes, repair.when);
}

template <typename Archive, Form<Check> F>
void members(Archive& archive, F& check) {
  archive(check.id, check.family, check.severity, check.subject, check.title, check.message, check.why, check.safety, check.repairs,
          check.requires_traits, check.optional_relations, check.params, check.group, check.identity, check.supersedes, check.sql,
          check.file, check.sql_line, check.foreign);
}

template <typename Archive, Form<Binding> F>
void members(Archive& archive, F& binding) {
  archive(binding.reads, binding.outputs, binding.parameters, binding.id_column, binding.driving, binding.per_scope);
}

template <typename Archive, Form<ColumnMap> F>
void members(Archive& archive, F& map) {
  archive(map.from, map.expr, map.value, map.map, map.mapped, map.otherwise, map.null_values, map.time, map.write, map.writable_as_is);
}

template <typename Archive, Form<Dependent> F>
void members(Archive& archive, F& dependent) {
  archive(dependent.table, dependent.column);
}

template <typename Archive, Form<RelationPart> F>
void members(Archive& archive, F& part) {
  archive(part.source, part.table, part.key, part.where, part.scope, part.scope_value, part.columns, part.dependents, part.insert,
          part.options);
}

template <typename Archive, Form<WrittenPart> F>
void members(Archive& archive, F& part) {
  archive(part.part, part.only, part.optional);
}

template <typename Archive, Form<SourceSpec> F>
void members(Archive& archive, F& spec) {
  archive(spec.profile, spec.name, spec.adapter, spec.text, spec.lists, spec.objects);
}

template <typename Archive, Form<ProfileSource> F>
void members(Archive& archive, F& source) {
  archive(source.spec, source.optional, source.needed_when);
}

template <typename Archive, Form<Generation> F>
void members(Archive& archive, F& generation) {
  archive(generation.name, generation.always, generation.source, generation.table, generation.column, generation.query);
}

template <typename Archive, Form<WrittenGeneration> F>
void members(Archive& archive, F& generation) {
  archive(generation.traits, generation.params, generation.relations, generation.refusal);
}

template <typename Archive, Form<WrittenProfile> F>
void members(Archive& archive, F& profile) {
  archive(profile.file, profile.name, profile.title, profile.prefix, profile.each, profile.sources, profile.generations, profile.shape,
          profile.relation_sources, profile.by_generation);
}

}  // namespace audit
