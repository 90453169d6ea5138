//===- Generation.cpp - Defaults of generation ----------------------------===//
//
// Sources: transformers 5, generation/configuration_utils.py (names and defaults),
// generation/utils.py, _get_logits_processor (which values are off).
//
//===----------------------------------------------------------------------===//
#include "import/Generation.h"
#include "import/Fields.h"
#include "runtime/Fail.h"
#include <algorithm>

namespace cria::import {

using nlohmann::json;

namespace {

constexpr size_t mostBytes = 16 << 20;
constexpr size_t mostIds = 1 << 18; ///< of a list
constexpr std::int64_t mostTokens = INT64_C(1) << 40;
constexpr double infinity = 1e30; ///< bounds what has no bound in transformers

/// Settings that change what transformers generates and that a program does not follow, with the
/// value that means "off". Settings that cannot change the text, such as use_cache, are not here.
const std::pair<const char *, json> unsupported[] = {
    {"num_beams", 1},
    {"num_beam_groups", 1},
    {"num_return_sequences", 1},
    {"diversity_penalty", 0},
    {"penalty_alpha", 0},
    {"dola_layers", nullptr},
    {"guidance_scale", 1},
    {"top_h", nullptr},
    {"encoder_repetition_penalty", 1},
    {"encoder_no_repeat_ngram_size", 0},
    {"sequence_bias", nullptr},
    {"constraints", nullptr},
    {"force_words_ids", nullptr},
    {"forced_bos_token_id", nullptr},
    {"forced_eos_token_id", nullptr},
    {"exponential_decay_length_penalty", nullptr},
    {"watermarking_config", nullptr},
    {"token_healing", false},
    {"max_time", nullptr},
};

class Reader {
public:
  Reader(const Fields &fields, std::string file, std::vector<std::string> &notes)
      : fields(fields), file(std::move(file)), notes(notes) {}

  Generation read(const std::vector<std::int32_t> &eos) {
    Generation out;
    readSampling(out);
    readPenalties(out);
    out.maxNewTokens = integer("max_new_tokens", 1, 0);
    out.maxLength = integer("max_length", 1, 0);
    out.minNewTokens = integer("min_new_tokens", 0, 0);
    if (!fields.find("min_new_tokens")) // which takes the place of min_length
      out.minLength = integer("min_length", 0, 0);
    readBanned(out, eos);
    out.beginSuppress = ids("begin_suppress_tokens", fields.list("begin_suppress_tokens"));
    readStops(out);
    for (const auto &[field, off] : unsupported)
      if (const json *value = fields.find(field); value && *value != off)
        leaveOut(field, *value, "is not supported");
    return out;
  }

private:
  void readSampling(Generation &out) {
    out.topK = integer("top_k", 0, out.topK);
    out.topP = number("top_p", 0, 1, out.topP);
    out.minP = number("min_p", 0, 1, out.minP);
    out.typicalP = number("typical_p", 1e-30, infinity, out.typicalP);
    out.epsilonCutoff = number("epsilon_cutoff", 0, infinity, out.epsilonCutoff);
    out.etaCutoff = number("eta_cutoff", 0, infinity, out.etaCutoff);
    // As in transformers, a bound outside (0, 1) is off.
    out.typicalP = std::min(out.typicalP, 1.0);
    for (double *cutoff : {&out.epsilonCutoff, &out.etaCutoff})
      *cutoff = *cutoff < 1 ? *cutoff : 0;
    if (fields.flag("do_sample", false))
      out.temperature = number("temperature", 1e-30, infinity, 1);
  }

  void readPenalties(Generation &out) {
    out.repetitionPenalty = number("repetition_penalty", 1e-30, infinity, out.repetitionPenalty);
    out.noRepeatNgramSize = integer("no_repeat_ngram_size", 0, out.noRepeatNgramSize);
  }

  void readBanned(Generation &out, const std::vector<std::int32_t> &eos) {
    for (std::int32_t id : ids("suppress_tokens", fields.list("suppress_tokens")))
      out.banned.push_back({id});
    const json &words = fields.list("bad_words_ids");
    for (size_t i = 0; i < words.size(); ++i) {
      if (!words[i].is_array())
        fields.refuse("bad_words_ids", words[i], "is not a list of token ids");
      auto word = ids("bad_words_ids", words[i]);
      // The end of a text is not a bad word, and one with an unknown token can never come.
      bool ends = word.size() == 1 && std::find(eos.begin(), eos.end(), word[0]) != eos.end();
      if (!word.empty() && word.size() == words[i].size() && !ends)
        out.banned.push_back(std::move(word));
    }
  }

  void readStops(Generation &out) {
    const json *stops = fields.find("stop_strings");
    if (!stops)
      return;
    for (const json &stop : stops->is_array() ? *stops : json::array({*stops})) {
      if (!stop.is_string())
        fields.refuse("stop_strings", stop, "is not a string");
      auto text = stop.get<std::string>();
      if (text.empty() || text.find('\0') != text.npos)
        fields.refuse("stop_strings", stop, "is not a text that can be found");
      out.stops.push_back(std::move(text));
    }
  }

  /// Those of `list` that could be tokens; transformers ignores others.
  std::vector<std::int32_t> ids(const char *field, const json &list) {
    if (list.size() > mostIds)
      fields.refuse(field, list, fmt::format("is longer than {}", mostIds));
    std::vector<std::int32_t> out;
    for (const json &item : list) {
      if (!item.is_number_integer())
        fields.refuse(field, item, "is not a token id");
      bool huge = item.is_number_unsigned() && item.get<std::uint64_t>() > INT32_MAX;
      if (auto id = item.get<std::int64_t>(); !huge && id >= 0)
        out.push_back(static_cast<std::int32_t>(id));
    }
    return out;
  }

  /// A number outside its range is left out: transformers loads such a file, and may never use
  /// the number.
  std::int64_t integer(const char *field, std::int64_t low, std::int64_t otherwise) {
    auto value = number(field, static_cast<double>(low), static_cast<double>(mostTokens),
                        static_cast<double>(otherwise));
    if (value != static_cast<double>(static_cast<std::int64_t>(value)))
      fields.refuse(field, *fields.find(field), "is not an integer");
    return static_cast<std::int64_t>(value);
  }

  double number(const char *field, double low, double high, double otherwise) {
    const json *value = fields.find(field);
    if (!value)
      return otherwise;
    if (!value->is_number())
      fields.refuse(field, *value, "is not a number");
    auto number = value->get<double>();
    if (number >= low && number <= high)
      return number;
    leaveOut(field, *value, "is out of range");
    return otherwise;
  }

  void leaveOut(const char *field, const json &value, const char *why) {
    std::string text = value.is_structured() ? "" : " " + rt::printable(value.dump(-1, ' ', true));
    notes.push_back(fmt::format("{}: {}{} is left out: it {}", file, field, text, why));
  }

  const Fields &fields;
  std::string file;
  std::vector<std::string> &notes;
};

} // namespace

Generation readGeneration(const std::filesystem::path &config, const std::vector<std::int32_t> &eos,
                          std::vector<std::string> &notes) {
  std::error_code ignored;
  std::filesystem::path file = config.parent_path() / "generation_config.json";
  if (!std::filesystem::exists(file, ignored))
    file = config;
  json document = readJson(file, mostBytes, rt::JsonRules::python);
  return Reader(Fields(document, file.native()), file.native(), notes).read(eos);
}

} // namespace cria::import
